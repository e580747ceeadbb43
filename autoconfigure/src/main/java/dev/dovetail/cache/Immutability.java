package dev.dovetail.cache;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.data.annotation.Immutable;
import org.springframework.util.ClassUtils;

/**
 * Finds what may change in a value of a type. Immutable are the JDK's values, enums, records and classes whose fields are all
 * final and of immutable types, interfaces that only return such, and what its author calls {@link Immutable}.
 */
final class Immutability {

    private static final Set<Class<?>> VALUES = Set.of(
            String.class,
            BigDecimal.class,
            BigInteger.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Charset.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class);

    private static final String ENTITY = "jakarta.persistence.Entity";

    private static final ClassValue<Optional<String>> CLASSES = new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
            return Optional.ofNullable(mutablePart(ResolvableType.forClass(type)));
        }
    };

    private final Set<String> seen = new HashSet<>();

    private Immutability() {}

    static boolean isImmutable(Class<?> type) {
        return mutablePart(type).isEmpty();
    }

    /** Where a value of this class may change, as a path that ends with a type; remembered. Empty if nowhere. */
    static Optional<String> mutablePart(Class<?> type) {
        return CLASSES.get(type);
    }

    /** Where a value of this type may change; null if nowhere. */
    static @Nullable String mutablePart(ResolvableType type) {
        return new Immutability().check(type, type.toClass().getSimpleName());
    }

    private @Nullable String check(ResolvableType declared, String path) {
        Class<?> type = declared.resolve(Object.class);
        if (isValue(type) || (!type.isArray() && isDeclaredImmutable(type)) || !seen.add(declared.toString())) {
            return null;
        }
        if (type == Optional.class) {
            return check(declared.getGeneric(0), path);
        }
        if (type.isArray() || type == Object.class || type.getName().startsWith("java.")) {
            return path + ": " + type.getTypeName();
        }
        return type.isInterface() || Modifier.isAbstract(type.getModifiers())
                ? checkAbstract(declared, type, path)
                : fields(declared, path);
    }

    private static boolean isValue(Class<?> type) {
        return type.isPrimitive()
                || type.isEnum()
                || (type.getSuperclass() != null && type.getSuperclass().isEnum())
                || ClassUtils.isPrimitiveWrapper(type)
                || VALUES.contains(type)
                || type.getPackageName().equals("java.time");
    }

    // By name, as only Spring Data JDBC has it.
    private static boolean isReference(Class<?> type) {
        return type.getName().equals("org.springframework.data.jdbc.core.mapping.AggregateReference");
    }

    private static boolean isDeclaredImmutable(Class<?> type) {
        return AnnotatedElementUtils.hasAnnotation(type, Immutable.class) && !isManaged(type);
    }

    // What its author does not change, JPA does: it loads later what is lazy, by the session of whoever read it.
    private static boolean isManaged(Class<?> type) {
        return MergedAnnotations.from(type, SearchStrategy.SUPERCLASS).isPresent(ENTITY);
    }

    private @Nullable String checkAbstract(ResolvableType declared, Class<?> type, String path) {
        if (isReference(type)) {
            return check(declared.getGeneric(1), path + ".id");
        }
        if (type.isSealed()) {
            return first(Stream.of(type.getPermittedSubclasses())
                    .map(permitted -> check(ResolvableType.forClass(permitted), permitted.getSimpleName())));
        }
        return type.isInterface() ? getters(declared, type, path) : path + ": " + type.getTypeName();
    }

    // Of a projection, its getters are all there is.
    private @Nullable String getters(ResolvableType declared, Class<?> type, String path) {
        return first(Stream.of(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isDefault())
                .map(method -> getter(declared, method, path)));
    }

    private @Nullable String getter(ResolvableType declared, Method method, String path) {
        if (method.getParameterCount() > 0 || method.getReturnType() == void.class) {
            return path + "." + method.getName() + "(): not a getter";
        }
        return check(
                ResolvableType.forMethodReturnType(method, declared.toClass()), path + "." + method.getName() + "()");
    }

    private @Nullable String fields(ResolvableType declared, String path) {
        for (ResolvableType owner = declared; !owner.equals(ResolvableType.NONE); owner = owner.getSuperType()) {
            Class<?> type = owner.toClass();
            if (type == Object.class || type == Record.class) {
                return null;
            }
            String found = fieldsOf(type, owner, path);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable String fieldsOf(Class<?> type, ResolvableType owner, String path) {
        return first(Stream.of(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(field -> field(field, owner, path + "." + field.getName())));
    }

    private @Nullable String field(Field field, ResolvableType owner, String path) {
        if (!Modifier.isFinal(field.getModifiers())) {
            return path + ": not final";
        }
        ResolvableType declared = ResolvableType.forField(field, owner);
        Class<?> type = declared.resolve(Object.class);
        return isOpen(type) ? path + ": " + type.getTypeName() : check(declared, path);
    }

    // Only what a projection returns is known to be no more than its getters: here it may be of any class.
    private static boolean isOpen(Class<?> type) {
        return type.isInterface() && !type.isSealed() && !isReference(type) && !isDeclaredImmutable(type);
    }

    // NullAway does not know that a stream may be of nulls.
    @SuppressWarnings("NullAway")
    private static @Nullable String first(Stream<@Nullable String> parts) {
        return parts.filter(part -> part != null).findFirst().orElse(null);
    }
}

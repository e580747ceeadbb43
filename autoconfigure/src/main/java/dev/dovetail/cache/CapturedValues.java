package dev.dovetail.cache;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.Principal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/** Whether a piece of code that is passed on brings values of its caller with it, on which its result may depend. */
final class CapturedValues {

    private static final List<String> OF_VALUES = List.of(
            "java.",
            "org.springframework.data.domain.",
            "jakarta.servlet.",
            "org.springframework.web.context.request.");

    private static final Set<String> IDS = Set.of(
            "org.springframework.data.annotation.Id", "jakarta.persistence.Id", "jakarta.persistence.EmbeddedId");

    private static final ClassValue<Optional<String>> FOUND = new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
            return types(type).stream()
                    .filter(CapturedValues::isValue)
                    .map(Class::getSimpleName)
                    .findFirst();
        }
    };

    private CapturedValues() {}

    /** The type of a value that it holds; empty if it holds only what lives as long as the application. */
    static Optional<String> in(Object code) {
        return FOUND.get(code.getClass());
    }

    private static boolean isValue(Class<?> type) {
        return type.isPrimitive()
                || type.isArray()
                || type.isEnum()
                || type.isRecord()
                || OF_VALUES.stream().anyMatch(type.getName()::startsWith)
                || Principal.class.isAssignableFrom(type)
                || isEntity(type)
                || holdsOnlyValues(type);
    }

    private static boolean isEntity(Class<?> type) {
        return fields(type).stream()
                .map(MergedAnnotations::from)
                .anyMatch(annotations -> IDS.stream().anyMatch(annotations::isPresent));
    }

    // What lives as long as the application has something to work with, which a form, a filter or a projection has not.
    private static boolean holdsOnlyValues(Class<?> type) {
        List<Class<?>> parts = type.isInterface() ? results(type) : types(type);
        return !parts.isEmpty() && parts.stream().allMatch(CapturedValues::isPlain);
    }

    private static boolean isPlain(Class<?> type) {
        return (type.isPrimitive() && type != void.class)
                || type.isArray()
                || type.isEnum()
                || type.isRecord()
                || isOfJava(type);
    }

    // Clocks, executors and queues are what a service works with.
    private static boolean isOfJava(Class<?> type) {
        String name = type.getPackageName();
        return CharSequence.class.isAssignableFrom(type)
                || ClassUtils.isPrimitiveWrapper(type)
                || name.equals("java.util")
                || name.equals("java.math")
                || (name.equals("java.time") && !InstantSource.class.isAssignableFrom(type));
    }

    private static List<Class<?>> types(Class<?> type) {
        return fields(type).stream()
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .<Class<?>>map(Field::getType)
                .toList();
    }

    // What takes arguments does something.
    private static List<Class<?>> results(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .<Class<?>>map(method -> method.getParameterCount() == 0 ? method.getReturnType() : void.class)
                .toList();
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> all = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            Collections.addAll(all, each.getDeclaredFields());
        }
        return all;
    }
}

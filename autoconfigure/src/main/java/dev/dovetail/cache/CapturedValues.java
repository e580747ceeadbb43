package dev.dovetail.cache;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.annotation.Id;

/** Whether a piece of code that is passed on brings values of its caller with it, on which its result may depend. */
final class CapturedValues {

    private static final ClassValue<Optional<String>> FOUND = new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
            return Stream.of(type.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .map(Field::getType)
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
                || type.getName().startsWith("java.")
                || type.getPackageName().startsWith("org.springframework.data.domain")
                || hasId(type);
    }

    // An entity.
    private static boolean hasId(Class<?> type) {
        return Stream.of(type.getDeclaredFields())
                .anyMatch(field -> AnnotatedElementUtils.hasAnnotation(field, Id.class));
    }
}

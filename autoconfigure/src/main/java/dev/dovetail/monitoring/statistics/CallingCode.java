package dev.dovetail.monitoring.statistics;

import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the application's method that uses the database. Walks the stack, so it is for what happens rarely. */
final class CallingCode {

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final List<String> LIBRARIES = List.of(
            "java.",
            "javax.",
            "jakarta.",
            "jdk.",
            "sun.",
            "com.sun.",
            "com.zaxxer.",
            "io.micrometer.",
            "kotlin.",
            "org.aopalliance.",
            "org.apache.",
            "org.flywaydb.",
            "org.hibernate.",
            "org.jooq.",
            "org.mybatis.",
            "org.springframework.");

    private static final @Nullable CodeSource OURS = source(CallingCode.class);

    private CallingCode() {}

    /** The method, as {@code OrderService.total}; null if there is none of the application on this thread. */
    static @Nullable String find() {
        return STACK.walk(frames ->
                        frames.filter(CallingCode::isApplication).findFirst().map(CallingCode::name))
                .orElse(null);
    }

    private static boolean isApplication(StackFrame frame) {
        String name = frame.getClassName();
        // Proxies and lambdas are made at run time, and stand for what is next to them.
        return !name.contains("$$")
                && !name.contains("$Proxy")
                && LIBRARIES.stream().noneMatch(name::startsWith)
                && !isOurs(frame.getDeclaringClass());
    }

    private static boolean isOurs(Class<?> type) {
        return OURS != null && Objects.equals(OURS, source(type));
    }

    private static @Nullable CodeSource source(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }

    private static String name(StackFrame frame) {
        String type = frame.getClassName();
        String method = frame.getMethodName();
        if (method.startsWith("lambda$")) {
            method = method.substring("lambda$".length(), method.lastIndexOf('$'));
        }
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + method;
    }
}

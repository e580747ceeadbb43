package dev.dovetail.monitoring.statistics;

import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the application's method that uses the database. Walks the stack, so it is for what happens rarely. */
public final class CallingCode {

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
        return STACK.walk(frames -> frames.filter(CallingCode::isApplication)
                        .findFirst()
                        .map(each -> name(each.getClassName(), each.getMethodName())))
                .orElse(null);
    }

    /** The application's method that a thread is in at this moment; null if it is in none. */
    public static @Nullable String of(Thread thread) {
        for (StackTraceElement each : thread.getStackTrace()) {
            if (mayBeOfApplication(each.getClassName()) && !isOurs(each.getClassName())) {
                return name(each.getClassName(), each.getMethodName());
            }
        }
        return null;
    }

    private static boolean isApplication(StackFrame frame) {
        return mayBeOfApplication(frame.getClassName()) && !isOurs(frame.getDeclaringClass());
    }

    private static boolean mayBeOfApplication(String type) {
        // Proxies and lambdas are made at run time, and stand for what is next to them.
        return !type.contains("$$")
                && !type.contains("$Proxy")
                && LIBRARIES.stream().noneMatch(type::startsWith);
    }

    // Of an application's class that cannot be seen from here it is certain that it is not ours.
    private static boolean isOurs(String type) {
        try {
            return isOurs(Class.forName(type, false, CallingCode.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static boolean isOurs(Class<?> type) {
        return OURS != null && Objects.equals(OURS, source(type));
    }

    private static @Nullable CodeSource source(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }

    private static String name(String type, String method) {
        String named =
                method.startsWith("lambda$") ? method.substring("lambda$".length(), method.lastIndexOf('$')) : method;
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + named;
    }
}

package dev.dovetail.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which database to connect to. {@link #toString()} names neither the password nor what a URL may carry of it.
 *
 * @param url where the database is, in any form its engine accepts; {@code null} for the engine's default
 * @param username who connects; {@code null} if the URL or the driver says so
 * @param password the password, if any
 * @param applicationName under which name the database sees the application
 */
public record ConnectionTarget(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        String applicationName) {

    public ConnectionTarget {
        Objects.requireNonNull(applicationName, "applicationName");
        username = emptyAsNull(username);
        password = emptyAsNull(password);
    }

    @Override
    public String toString() {
        return "ConnectionTarget[applicationName=%s]".formatted(applicationName);
    }

    // What ${SOME_VARIABLE:} yields where nobody set it, which must not take the place of what the URL says.
    private static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}

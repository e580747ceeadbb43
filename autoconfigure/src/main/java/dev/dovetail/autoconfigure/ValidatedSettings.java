package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseStartException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Settings that check themselves: what they refuse becomes a failure that is explained. */
final class ValidatedSettings {

    private ValidatedSettings() {}

    static <T> T of(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()), e);
        }
    }

    static DatabaseStartException refusal(String problem) {
        return refusal(problem, null);
    }

    private static DatabaseStartException refusal(String problem, @Nullable Throwable cause) {
        return new DatabaseStartException(
                "The configuration is not valid: " + problem,
                "Correct that property; its description says what it accepts.",
                cause);
    }
}

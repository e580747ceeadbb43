package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseStartException;
import java.util.function.Supplier;

/** Settings that check themselves: what they refuse becomes a failure that is explained. */
final class ValidatedSettings {

    private ValidatedSettings() {}

    static <T> T of(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new DatabaseStartException(
                    "The configuration is not valid: " + e.getMessage(),
                    "Correct that property; docs/configuration.md lists what each accepts.",
                    e);
        }
    }
}

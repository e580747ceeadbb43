package dev.dovetail.repository.table;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** Saying that something was asked for that cannot be. */
final class Misuse {

    private Misuse() {}

    // The annotation that is asked for belongs to a library that is not on the class path.
    @SuppressWarnings("AnnotateFormatMethod")
    static InvalidDataAccessApiUsageException of(String message, @Nullable Object... arguments) {
        return new InvalidDataAccessApiUsageException(message.formatted(arguments));
    }
}

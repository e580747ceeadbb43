package dev.dovetail.sample.registry;

import org.jspecify.annotations.Nullable;

/** The request is fine, but what is already there does not allow it. The message is for whoever asked. */
public final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConflictException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

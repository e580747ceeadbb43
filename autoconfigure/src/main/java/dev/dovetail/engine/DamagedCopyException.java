package dev.dovetail.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A copy of a database is not what it was when it was made, or never was whole. */
public class DamagedCopyException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the engine said, if it did */
    public DamagedCopyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

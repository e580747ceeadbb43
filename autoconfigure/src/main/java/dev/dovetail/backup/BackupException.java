package dev.dovetail.backup;

import org.jspecify.annotations.Nullable;

/** A backup could not be made, verified or restored. The message says what to do next, and holds no secret. */
public class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why, for programs. */
    public enum Reason {
        /** Another backup, verification or restore is running on the same directory. */
        ALREADY_RUNNING,
        /** What was given is not the name of a backup. */
        INVALID_NAME,
        /** There is no backup of that name. */
        NOT_FOUND,
        /** The backup is not what it was when it was made. */
        DAMAGED,
        /** The key it was encrypted with is missing or another one. */
        KEY,
        /** There is not enough room. */
        NO_SPACE,
        /** Somebody asked for it to be ended. */
        CANCELLED,
        /** This database cannot be copied or replaced, or not now. */
        NOT_POSSIBLE,
        /** Reading or writing failed. */
        FAILED
    }

    public BackupException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public BackupException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** Why, for programs. */
    public Reason reason() {
        return reason;
    }
}

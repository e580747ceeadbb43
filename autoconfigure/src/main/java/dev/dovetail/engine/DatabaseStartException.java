package dev.dovetail.engine;

import org.jspecify.annotations.Nullable;

/** The database cannot be used as configured. Says what is wrong and what to do next; holds no secret. */
public class DatabaseStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * @param problem what is wrong, and where
     * @param action what to do next
     * @param cause what the driver or the file system said
     */
    public DatabaseStartException(String problem, String action, @Nullable Throwable cause) {
        super(problem, cause);
        this.action = action;
    }

    /** What to do next. */
    public String action() {
        return action;
    }
}

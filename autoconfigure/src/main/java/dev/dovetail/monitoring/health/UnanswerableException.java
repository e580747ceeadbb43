package dev.dovetail.monitoring.health;

/** A rule cannot look, for a reason that another rule reports: nothing is known, and nothing more is to be said. */
public final class UnanswerableException extends Exception {

    private static final long serialVersionUID = 1;

    public UnanswerableException(String message) {
        super(message);
    }

    public UnanswerableException(String message, Throwable cause) {
        super(message, cause);
    }
}

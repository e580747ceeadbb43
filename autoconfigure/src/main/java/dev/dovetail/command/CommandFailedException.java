package dev.dovetail.command;

/** A command did what it could, and it was not enough. The message says what happened and what to do next. */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }
}

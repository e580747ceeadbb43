package dev.dovetail.command;

/** A command was called in a way that makes no sense. The message says what is wrong; the usage is shown with it. */
public final class CommandUsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandUsageException(String message) {
        super(message);
    }
}

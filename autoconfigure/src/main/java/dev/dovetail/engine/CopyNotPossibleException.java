package dev.dovetail.engine;

import java.io.IOException;

/** The database cannot be copied from here, until somebody installs a program or grants a right. The message says which. */
public class CopyNotPossibleException extends IOException {

    private static final long serialVersionUID = 1L;

    public CopyNotPossibleException(String message) {
        super(message);
    }
}

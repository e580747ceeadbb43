package dev.dovetail.engine.postgresql;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Everything of an error that could reach a log. */
final class Secrets {

    private Secrets() {}

    static String everythingIn(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text + String.valueOf(error.getMessage());
    }
}

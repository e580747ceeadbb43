package dev.dovetail.sql;

import org.jspecify.annotations.Nullable;

/** Where a lexical form of SQL ends that begins somewhere in a text; at the text's end if it is never closed. */
final class LexicalEnds {

    private static final int NEVER = -1;

    private final String text;

    LexicalEnds(String text) {
        this.text = text;
    }

    /** The end of what stands in quotes, which are doubled inside. */
    int afterQuoted(char quote, int from) {
        int end = afterClosing(quote, from);
        return end == NEVER ? text.length() : end;
    }

    /** The end of what stands in quotes, which are doubled inside; -1 if they are never closed. */
    int afterClosing(char quote, int from) {
        int end = from + 1;
        while (end < text.length()) {
            if (text.charAt(end) == quote) {
                if (at(end + 1) != quote) {
                    return end + 1;
                }
                end++;
            }
            end++;
        }
        return NEVER;
    }

    /**
     * The end of a text in which a backslash escapes, and of what continues it: further ones in bare quotes, on later lines with
     * nothing but white space and comments to the end of the line between.
     */
    int afterContinued(int from) {
        int end = afterEscaped(from);
        for (int next = continuation(end); next != NEVER; next = continuation(end)) {
            end = afterEscaped(next);
        }
        return end;
    }

    private int continuation(int from) {
        boolean newLine = false;
        int index = from;
        while (index < text.length() && text.charAt(index) != '\'') {
            if (text.startsWith("--", index)) {
                index = afterLine(index);
                newLine = true;
            } else if (" \t\n\r\f\u000B".indexOf(text.charAt(index)) >= 0) {
                newLine |= isLineEnd(text.charAt(index));
                index++;
            } else {
                return NEVER;
            }
        }
        return newLine && index < text.length() ? index : NEVER;
    }

    /** The end of a line for PostgreSQL, which a carriage return ends as well. */
    int afterLine(int from) {
        int end = from;
        while (end < text.length() && !isLineEnd(text.charAt(end))) {
            end++;
        }
        return Math.min(end + 1, text.length());
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /** The end of a text in which a backslash escapes. */
    int afterEscaped(int from) {
        int end = from + 1;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '\\') {
                end++;
            } else if (c == '\'') {
                if (at(end + 1) != '\'') {
                    return end + 1;
                }
                end++;
            }
            end++;
        }
        return text.length();
    }

    /** The end of the first such text. */
    int after(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    /** The end of a comment; PostgreSQL's nest. */
    int afterComment(int from) {
        int depth = 0;
        int index = from;
        while (index < text.length()) {
            if (text.startsWith("/*", index)) {
                depth++;
                index += 2;
            } else if (text.startsWith("*/", index)) {
                depth--;
                index += 2;
                if (depth == 0) {
                    return index;
                }
            } else {
                index++;
            }
        }
        return text.length();
    }

    /** The tag that begins a text in dollars; null if there is none. */
    @Nullable
    String dollarTag(int position) {
        int end = text.indexOf('$', position + 1);
        if (end < 0 || SqlFingerprint.isDigit(at(position + 1))) {
            return null;
        }
        for (int i = position + 1; i < end; i++) {
            if (!SqlFingerprint.isWord(text.charAt(i))) {
                return null;
            }
        }
        return text.substring(position, end + 1);
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }
}

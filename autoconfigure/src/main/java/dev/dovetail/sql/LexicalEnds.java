package dev.dovetail.sql;

import org.jspecify.annotations.Nullable;

/** Where a lexical form of SQL ends that begins somewhere in a text; at the text's end if it is never closed. */
final class LexicalEnds {

    private final String text;

    LexicalEnds(String text) {
        this.text = text;
    }

    /** The end of what stands in quotes, which are doubled inside. */
    int afterQuoted(char quote, int from) {
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
        return text.length();
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

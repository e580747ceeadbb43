package dev.dovetail.sql;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A piece of SQL that somebody else has written, to be put between parentheses in a statement. */
public final class SqlExpression {

    private static final String CUT_DIFFERENTLY = "has a character that the engines cut differently: `, [, ] or \\";

    private SqlExpression() {}

    /**
     * Why the text cannot stand between parentheses without changing what is around them; null if it can. Both engines cut texts
     * alike, or the text is refused. Whether it is an expression, the database must say.
     */
    public static @Nullable String problem(String text) {
        if (text.isBlank()) {
            return "is empty";
        }
        if (text.contains("--") || text.contains("/*") || text.contains("*/")) {
            return "has a comment, or a text with what looks like one";
        }
        List<SqlToken> tokens = SqlToken.of(text);
        return tokens.stream()
                .map(SqlExpression::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(
                        hasParameters(tokens) ? "has a parameter, and nothing would be bound to it" : null))
                .or(() -> Optional.ofNullable(parenthesesMatch(tokens) ? null : "has parentheses that do not match"))
                .or(() -> Optional.ofNullable(quotesMatch(text) ? null : "has a quote that is not closed"))
                .orElse(null);
    }

    private static @Nullable String problem(SqlToken token) {
        return switch (token.kind()) {
            case DOLLAR_TEXT, ESCAPED_TEXT -> "has a text in dollars or with escapes; write it in single quotes";
            case SIGN -> token.is(';') ? "has a semicolon" : isCutDifferently(token) ? CUT_DIFFERENTLY : null;
            default -> null;
        };
    }

    private static boolean isCutDifferently(SqlToken sign) {
        return "`[]\\".contains(sign.text());
    }

    private static boolean parenthesesMatch(List<SqlToken> tokens) {
        int depth = 0;
        for (SqlToken token : tokens) {
            depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0;
    }

    private static boolean hasParameters(List<SqlToken> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            boolean beforeName = i + 1 < tokens.size() && tokens.get(i + 1).isName();
            boolean casts = token.is(':') && i > 0 && tokens.get(i - 1).is(':');
            if (token.is('?') || token.is('$') || (beforeName && (token.is('@') || (token.is(':') && !casts)))) {
                return true;
            }
        }
        return false;
    }

    // The reader takes what is never closed for closed at the end.
    private static boolean quotesMatch(String text) {
        LexicalEnds ends = new LexicalEnds(text);
        int position = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\'' || c == '"') {
                int end = ends.afterQuoted(c, position);
                if (end - position < 2 || text.charAt(end - 1) != c || isDoubled(text, position, end)) {
                    return false;
                }
                position = end;
            } else {
                position++;
            }
        }
        return true;
    }

    // Ends at the end of all: with an odd number of quotes behind the first one it was closed, with an even one it was
    // not.
    private static boolean isDoubled(String text, int from, int end) {
        char quote = text.charAt(from);
        int count = 0;
        for (int i = end - 1; i > from && text.charAt(i) == quote; i--) {
            count++;
        }
        return count % 2 == 0;
    }
}

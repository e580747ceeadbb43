package dev.dovetail.sql;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A piece of SQL that somebody else has written, to be put between parentheses in a statement. */
public final class SqlExpression {

    private static final Set<Character> PARAMETERS = Set.of('?', '$', '@');

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
        int depth = 0;
        List<SqlToken> tokens = SqlToken.of(text);
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            String problem = problem(token, i + 1 < tokens.size() ? tokens.get(i + 1) : null);
            if (problem != null) {
                return problem;
            }
            depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
            if (depth < 0) {
                break;
            }
        }
        if (depth != 0) {
            return "has parentheses that do not match";
        }
        return quotesMatch(text) ? null : "has a quote that is not closed";
    }

    private static @Nullable String problem(SqlToken token, @Nullable SqlToken next) {
        return switch (token.kind()) {
            case DOLLAR_TEXT, ESCAPED_TEXT -> "has a text in dollars or with escapes; write it in single quotes";
            case SIGN -> problem(token.text().charAt(0), next);
            default -> null;
        };
    }

    private static @Nullable String problem(char sign, @Nullable SqlToken next) {
        if (sign == ';') {
            return "has a semicolon";
        }
        if (sign == '`' || sign == '[' || sign == ']' || sign == '\\') {
            return "has a character that the engines cut differently: `, [, ] or \\";
        }
        boolean named = sign == ':' && next != null && next.isName();
        return PARAMETERS.contains(sign) || named ? "has a parameter, and nothing would be bound to it" : null;
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

    // Ends at the end of all: with an odd number of quotes behind the first one it was closed, with an even one it was not.
    private static boolean isDoubled(String text, int from, int end) {
        char quote = text.charAt(from);
        int count = 0;
        for (int i = end - 1; i > from && text.charAt(i) == quote; i--) {
            count++;
        }
        return count % 2 == 0;
    }
}

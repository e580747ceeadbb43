package dev.dovetail.sql;

import dev.dovetail.sql.StatementColumns.Comparison;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the column that begins at the current token is compared. */
final class ComparisonReader {

    private static final Set<String> VALUES = Set.of(
            "ANY",
            "ALL",
            "SOME",
            "SELECT",
            "CASE",
            "CAST",
            "NULL",
            "TRUE",
            "FALSE",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "NOT",
            "ARRAY",
            "ROW",
            "EXISTS");

    private ComparisonReader() {}

    /** @return null if it is not compared, or not so that an index helps, as far as the text tells */
    static @Nullable Comparison of(SqlTokens tokens, int length) {
        SqlToken after = tokens.next(length);
        if (after.kind() == SqlToken.Kind.SIGN) {
            return switch (after.text().charAt(0)) {
                case '=' -> equal(tokens, length + (tokens.next(length + 1).is('=') ? 2 : 1));
                case '<' -> tokens.next(length + 1).is('>') ? null : Comparison.RANGE;
                case '>' -> Comparison.RANGE;
                case ')', ',', ';' -> before(tokens);
                default -> null;
            };
        }
        return switch (after.word()) {
            case "IN" -> Comparison.EQUAL;
            case "BETWEEN" -> Comparison.RANGE;
            case "IS" -> is(tokens, length + 1);
            case "LIKE", "ILIKE", "GLOB", "MATCH", "REGEXP", "SIMILAR", "NOT", "COLLATE" -> null;
            default -> before(tokens);
        };
    }

    private static Comparison equal(SqlTokens tokens, int right) {
        SqlToken operand = tokens.next(right);
        boolean column = operand.isName() && !VALUES.contains(operand.word());
        return column && !tokens.next(right + tokens.nameAt(right).length()).is('(')
                ? Comparison.JOINED
                : Comparison.EQUAL;
    }

    private static @Nullable Comparison is(SqlTokens tokens, int right) {
        boolean not = tokens.next(right).is("NOT");
        return not && !tokens.next(right + 1).is("DISTINCT") ? null : Comparison.EQUAL;
    }

    // The column is on the right side.
    private static @Nullable Comparison before(SqlTokens tokens) {
        SqlToken sign = tokens.next(-1);
        if (sign.is('=')) {
            SqlToken first = tokens.next(-2);
            if (first.is('<') || first.is('>')) {
                return Comparison.RANGE;
            }
            if (first.is('!')) {
                return null;
            }
            return tokens.next(first.is('=') ? -3 : -2).isName() ? Comparison.JOINED : Comparison.EQUAL;
        }
        boolean range = sign.is('<') || (sign.is('>') && !tokens.next(-2).is('<'));
        return range ? Comparison.RANGE : null;
    }
}

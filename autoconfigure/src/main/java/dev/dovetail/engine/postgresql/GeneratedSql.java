package dev.dovetail.engine.postgresql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Completes the SQL that Spring Data generates for comparisons that ignore case.
 *
 * <p>PostgreSQL turns letters into capitals by the collation of what it turns: the column's in {@code UPPER(column)}, the
 * database's in {@code UPPER(:parameter)}. Where the two differ, as for portable text, a value with an umlaut would not
 * even be found by itself. So the parameter takes the column's collation; the planner sees a plain parameter again.
 *
 * <p>Only what has exactly the form that Spring Data gives it is changed, so that SQL written by hand stays as it is.
 */
final class GeneratedSql {

    private static final String NAME = "\"(?:[^\"]|\"\")+\"";
    private static final String COLUMN = NAME + "\\." + NAME;
    private static final String PARAMETER = "UPPER\\(:[^\\s,()]+\\)";
    private static final String IGNORING_CASE =
            "UPPER\\((?<column>%s)\\) (?:=|<>|!=|(?:NOT )?LIKE|(?:NOT )?BETWEEN) %s(?: AND %s)?"
                    .formatted(COLUMN, PARAMETER, PARAMETER);
    private static final String TEXT_OR_COMMENT = "'(?:[^']|'')*'|--[^\\n]*|/\\*(?s:.*?)\\*/";

    // What is passed over comes first, so that nothing is changed inside a text or a comment.
    private static final Pattern PARTS =
            Pattern.compile("%s|(?<comparison>%s)|%s".formatted(TEXT_OR_COMMENT, IGNORING_CASE, NAME));
    private static final Pattern UPPER_PARAMETER = Pattern.compile("UPPER\\((:[^\\s,()]+)\\)");

    private GeneratedSql() {}

    static String complete(String sql) {
        return PARTS.matcher(sql).replaceAll(part -> Matcher.quoteReplacement(complete((Matcher) part)));
    }

    private static String complete(Matcher part) {
        if (part.group("comparison") == null) {
            return part.group();
        }
        String column = part.group("column");
        return UPPER_PARAMETER
                .matcher(part.group("comparison"))
                .replaceAll(parameter -> Matcher.quoteReplacement(
                        "UPPER(CASE WHEN TRUE THEN %s ELSE %s END)".formatted(parameter.group(1), column)));
    }
}

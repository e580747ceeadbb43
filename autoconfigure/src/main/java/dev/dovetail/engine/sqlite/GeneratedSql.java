package dev.dovetail.engine.sqlite;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Completes the SQL that Spring Data generates where its dialects have no say: how a pattern's wildcards are escaped, and
 * where nulls come in the order.
 *
 * <p>Only what has exactly the form that Spring Data gives it is changed, so that SQL written by hand stays as it is.
 */
final class GeneratedSql {

    private static final String NAME = "\"(?:[^\"]|\"\")+\"";
    private static final String COLUMN = NAME + "\\." + NAME;
    private static final String PARAMETER = ":[^\\s,()]+";
    private static final String PATTERN_FOLLOWS =
            "(?:%1$s LIKE|UPPER\\(%1$s\\) LIKE|%1$s NOT LIKE|UPPER\\(%1$s\\) NOT LIKE)".formatted(COLUMN);
    private static final String LIKE =
            PATTERN_FOLLOWS + " (?:" + PARAMETER + "|UPPER\\(" + PARAMETER + "\\))(?=\\)|$| (?:AND|OR|ORDER|LIMIT)\\b)";
    private static final String ORDER = COLUMN + " (ASC|DESC)(?=,|$| LIMIT\\b)";
    private static final String TEXT_OR_COMMENT = "'(?:[^']|'')*'|--[^\\n]*|/\\*(?s:.*?)\\*/";

    // What is passed over comes first, so that nothing is changed inside a text or a comment.
    private static final Pattern PARTS =
            Pattern.compile("%s|(?<like>%s)|(?<order>%s)|%s".formatted(TEXT_OR_COMMENT, LIKE, ORDER, NAME));

    private GeneratedSql() {}

    static String complete(String sql) {
        return PARTS.matcher(sql).replaceAll(part -> Matcher.quoteReplacement(complete((Matcher) part)));
    }

    private static String complete(Matcher part) {
        if (part.group("like") != null) {
            return part.group() + " ESCAPE '\\'";
        }
        if (part.group("order") != null) {
            return part.group() + (part.group().endsWith("DESC") ? " NULLS FIRST" : " NULLS LAST");
        }
        return part.group();
    }
}

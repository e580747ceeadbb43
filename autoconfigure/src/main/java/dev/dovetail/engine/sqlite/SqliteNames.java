package dev.dovetail.engine.sqlite;

/**
 * Names in double quotes. SQLite takes them for texts where there is no such column, so that a condition with a wrong name would
 * hold for every row, or for none; names in back quotes are names in any case.
 */
final class SqliteNames {

    private SqliteNames() {}

    /** The expression, which has no comments, with its double quotes replaced. */
    static String inBackquotes(String expression) {
        StringBuilder result = new StringBuilder();
        int position = 0;
        while (position < expression.length()) {
            char c = expression.charAt(position);
            int end = c == '"' || c == '\'' ? afterQuoted(expression, position) : position + 1;
            String part = expression.substring(position, end);
            result.append(c == '"' && part.length() > 1 ? inBackquotes(part, end - position) : part);
            position = end;
        }
        return result.toString();
    }

    private static String inBackquotes(String quoted, int length) {
        String name = quoted.substring(1, length - 1).replace("\"\"", "\"");
        return '`' + name.replace("`", "``") + '`';
    }

    // A quote within is doubled.
    private static int afterQuoted(String text, int start) {
        char quote = text.charAt(start);
        int end = start + 1;
        while (end < text.length()) {
            if (text.charAt(end) == quote) {
                if (end + 1 == text.length() || text.charAt(end + 1) != quote) {
                    return end + 1;
                }
                end++;
            }
            end++;
        }
        return text.length();
    }
}

package dev.dovetail.repository.table;

import dev.dovetail.engine.TableInfo;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.data.util.ParsingUtils;

/** Names in SQL, in records and in messages. */
final class Names {

    private static final int LONGEST_IN_MESSAGE = 100;

    private Names() {}

    /** As an identifier, whatever is in it. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoted(TableInfo table) {
        String schema = table.schema();
        return schema == null ? quoted(table.name()) : quoted(schema) + "." + quoted(table.name());
    }

    /** For a message: short, and on one line. */
    static String printable(String name) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        return shown.length() <= LONGEST_IN_MESSAGE ? shown : shown.substring(0, LONGEST_IN_MESSAGE) + "…";
    }

    static boolean same(String one, String other) {
        return one.equals(other) || lower(one).equals(lower(other));
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Only A to Z, as both engines can. */
    static String lowerAscii(String text) {
        return text.chars()
                .map(each -> each >= 'A' && each <= 'Z' ? each + ('a' - 'A') : each)
                .mapToObj(each -> String.valueOf((char) each))
                .collect(Collectors.joining());
    }

    /** {@code messagesText} as {@code messages_text}, by the rules of Spring Data. */
    static String snakeCase(String name) {
        return lower(String.join("_", ParsingUtils.splitCamelCase(name)));
    }
}

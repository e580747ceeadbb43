package dev.dovetail.maintenance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Details as text: a line for each, its name, a colon, and its value. */
final class DetailsText {

    private static final String SEPARATOR = ": ";

    private DetailsText() {}

    static String write(Map<String, Object> details) {
        return details.entrySet().stream()
                .map(each -> line(each.getKey()) + SEPARATOR + line(String.valueOf(each.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static String line(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    static Map<String, Object> read(String text) {
        Map<String, Object> details = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int end = line.indexOf(SEPARATOR);
            if (end >= 0) {
                details.put(line.substring(0, end), line.substring(end + SEPARATOR.length()));
            }
        });
        return details;
    }
}

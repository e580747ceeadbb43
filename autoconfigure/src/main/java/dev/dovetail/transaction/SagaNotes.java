package dev.dovetail.transaction;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The notes of a saga as lines of key and value. */
final class SagaNotes {

    private SagaNotes() {}

    static @Nullable String write(Map<String, String> notes) {
        if (notes.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        new TreeMap<>(notes)
                .forEach((key, value) -> text.append(escaped(key))
                        .append('\t')
                        .append(escaped(value))
                        .append('\n'));
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    static Map<String, String> read(@Nullable String text) {
        Map<String, String> notes = new TreeMap<>();
        if (text != null) {
            for (String line : text.split("\n")) {
                int tab = line.indexOf('\t');
                notes.put(unescaped(line.substring(0, tab)), unescaped(line.substring(tab + 1)));
            }
        }
        return notes;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                char next = text.charAt(++i);
                plain.append(next == 't' ? '\t' : next == 'n' ? '\n' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}

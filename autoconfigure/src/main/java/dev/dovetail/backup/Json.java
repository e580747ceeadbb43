package dev.dovetail.backup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of JSON as a manifest needs: objects, texts, whole numbers, true, false and null. Written always the same way, so that
 * what was changed can be told by writing it once more. A library for it need not be there.
 */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static String write(Map<String, ? extends @Nullable Object> object) {
        StringBuilder out = new StringBuilder();
        write(object, "", out);
        return out.append('\n').toString();
    }

    private static void write(@Nullable Object value, String indent, StringBuilder out) {
        if (value instanceof Map<?, ?> object) {
            String separator = "{\n";
            for (Map.Entry<?, ?> each : object.entrySet()) {
                out.append(separator).append(indent).append("  ");
                quote(String.valueOf(each.getKey()), out);
                out.append(": ");
                write(each.getValue(), indent + "  ", out);
                separator = ",\n";
            }
            out.append(object.isEmpty() ? "{" : "\n" + indent).append('}');
        } else if (value instanceof String string) {
            quote(string, out);
        } else {
            out.append(value);
        }
    }

    private static void quote(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** @throws IllegalArgumentException if the text is not an object of this kind */
    static Map<String, @Nullable Object> read(String text) {
        Json json = new Json(text);
        json.skip();
        Map<String, @Nullable Object> object = json.object();
        json.skip();
        if (json.at != text.length()) {
            throw json.unexpected();
        }
        return object;
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        expect('{');
        skip();
        while (peek() != '}') {
            String name = string();
            skip();
            expect(':');
            skip();
            object.put(name, value());
            skip();
            if (peek() != '}') {
                expect(',');
                skip();
            }
        }
        expect('}');
        return object;
    }

    private @Nullable Object value() {
        char c = peek();
        if (c == '{') {
            return object();
        }
        return c == '"' ? string() : word();
    }

    private @Nullable Object word() {
        int from = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '-') {
            at++;
        }
        String word = text.substring(from, at);
        return switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> Long.valueOf(word);
        };
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        expect('"');
        while (peek() != '"') {
            char c = next();
            string.append(c == '\\' ? escaped() : c);
        }
        expect('"');
        return string.toString();
    }

    private char escaped() {
        char c = next();
        if (c != 'u') {
            return c;
        }
        if (at + 4 > text.length()) {
            throw unexpected();
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw unexpected();
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("Not the JSON of a manifest, at character " + at);
    }
}

package dev.dovetail.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the jar tells an IDE about its properties, and what the documentation repeats of it. */
final class Metadata {

    private static final String LOCATION = "META-INF/spring-configuration-metadata.json";
    private static final Path DOCS = Path.of("..", "docs");

    /**
     * One property.
     *
     * @param name its full name
     * @param type its Java type
     * @param defaultValue as written; empty without one
     * @param description what it does
     */
    record Property(String name, String type, String defaultValue, String description) {

        String row() {
            String value = defaultValue.isEmpty() ? "" : "`" + defaultValue + "`";
            return "| `%s` | %s | %s |".formatted(name, value, description.replaceAll("'([^'\\s]+)'", "`$1`"));
        }
    }

    private Metadata() {}

    static List<Property> properties() {
        List<Property> properties = new ArrayList<>();
        for (JsonNode property : ours().path("properties")) {
            properties.add(new Property(
                    property.path("name").asString(""),
                    property.path("type").asString(""),
                    property.path("defaultValue").asString(""),
                    property.path("description").asString("")));
        }
        return properties.stream()
                .filter(property -> property.name().startsWith("dovetail."))
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .toList();
    }

    static List<String> hints(String name) {
        List<String> values = new ArrayList<>();
        for (JsonNode hint : ours().path("hints")) {
            if (hint.path("name").asString("").equals(name)) {
                hint.path("values")
                        .forEach(value -> values.add(value.path("value").asString("")));
            }
        }
        return values;
    }

    private static JsonNode ours() {
        try {
            for (URL url : Collections.list(Metadata.class.getClassLoader().getResources(LOCATION))) {
                try (InputStream in = url.openStream()) {
                    JsonNode node = JsonMapper.builder().build().readTree(in);
                    if (node.toString().contains("\"dovetail.type\"")) {
                        return node;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("There is no " + LOCATION + " of ours: is the annotation processor on?");
    }

    /** The lines of a table in the documentation that begin with {@code | `} and this. */
    static List<String> documented(String page, String beginning) {
        try (var lines = Files.lines(DOCS.resolve(page))) {
            return lines.filter(line -> line.startsWith("| `" + beginning)).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

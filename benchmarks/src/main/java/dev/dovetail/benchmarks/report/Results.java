package dev.dovetail.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where results are kept. */
public final class Results {

    /** System property: the directory of results. */
    public static final String DIRECTORY = "dovetail.benchmarks.results";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Results() {}

    /** The directory, made if it is missing. */
    public static Path directory() {
        try {
            return Files.createDirectories(Path.of(System.getProperty(DIRECTORY, "target/benchmark-results")));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Writes a file into the directory. */
    public static void write(String name, String text) {
        try {
            Files.writeString(directory().resolve(name), text);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Writes a value as JSON into the directory. */
    public static void writeJson(String name, Object value) {
        write(name, json(value) + "\n");
    }

    /** A value as JSON. */
    public static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Reads JSON as this type. */
    public static <T> T read(Path json, Class<T> type) {
        return JSON.readValue(json.toFile(), type);
    }

    /** Reads JSON of any shape. */
    public static JsonNode tree(Path json) {
        return JSON.readTree(json.toFile());
    }

    /** JSON of any shape from its text. */
    public static JsonNode parsed(String json) {
        return JSON.readTree(json);
    }
}

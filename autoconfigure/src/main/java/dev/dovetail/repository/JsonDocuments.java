package dev.dovetail.repository;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON documents in columns, by Jackson. Messages tell where a document is wrong, and nothing of what it says. */
public final class JsonDocuments {

    private final JsonMapper mapper;

    public JsonDocuments(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Whether values of this class are documents by themselves. */
    static boolean isDocument(Class<?> type) {
        return JsonNode.class.isAssignableFrom(type);
    }

    /**
     * The value as a document.
     *
     * @throws IllegalArgumentException if it cannot be written as one that both engines keep
     */
    String write(Object value) {
        String document;
        try {
            document = mapper.writeValueAsString(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it cannot be written as JSON: " + withoutSource(e), e);
        }
        return storable(document);
    }

    /**
     * A text that is a document already.
     *
     * @throws IllegalArgumentException if it is none
     */
    String check(String document) {
        read(document, JsonNode.class);
        return storable(document);
    }

    /**
     * The document as this type; null if that is what the document says.
     *
     * @throws IllegalArgumentException if the text is no document, or none of this type
     */
    @Nullable
    Object read(String document, Type type) {
        try {
            return mapper.readValue(document, mapper.constructType(type));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a document cannot be read: " + withoutSource(e), e);
        }
    }

    // PostgreSQL refuses the character, escaped too.
    private static String storable(String document) {
        int escape = document.indexOf("\\u0000");
        while (escape >= 0) {
            int first = escape;
            while (first > 0 && document.charAt(first - 1) == '\\') {
                first--;
            }
            if ((escape - first) % 2 == 0) {
                throw new IllegalArgumentException("a text in the document has the character U+0000");
            }
            escape = document.indexOf("\\u0000", escape + 1);
        }
        return document;
    }

    private static String withoutSource(JacksonException e) {
        String location = e.getLocation() == null
                ? ""
                : " at line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return e.getClass().getSimpleName() + location;
    }
}

package dev.dovetail.transaction;

import tools.jackson.databind.json.JsonMapper;

/** Objects as JSON, and texts as they are. Safe for use by several threads. */
public final class JacksonPayloadFormat implements PayloadFormat {

    private final JsonMapper mapper;

    public JacksonPayloadFormat(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public String write(Object payload) {
        return payload instanceof String text ? text : mapper.writeValueAsString(payload);
    }

    @Override
    public <T> T read(String text, Class<T> type) {
        return type == String.class ? type.cast(text) : mapper.readValue(text, type);
    }
}

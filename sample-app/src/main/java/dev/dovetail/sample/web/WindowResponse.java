package dev.dovetail.sample.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TypeMismatchDataAccessException;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of a list that is read from front to back. Unlike a page it costs the same however far one is, and rows that come
 * and go meanwhile move no others.
 *
 * @param next what to send as {@code after} for what follows; missing at the end
 */
record WindowResponse<T>(List<T> content, @Nullable String next) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> KEYS = new TypeReference<>() {};

    /**
     * @param after the {@code next} of the part before; empty for the first
     * @throws InvalidParameterException if it is something else, or of a list in another order
     */
    static <T> WindowResponse<T> of(String after, Function<ScrollPosition, Window<T>> read) {
        try {
            Window<T> window = read.apply(after.isEmpty() ? ScrollPosition.keyset() : position(after));
            return new WindowResponse<>(
                    window.getContent(), window.hasNext() ? text(window.positionAt(window.size() - 1)) : null);
        } catch (IllegalArgumentException
                | JacksonException
                | InvalidDataAccessApiUsageException
                | TypeMismatchDataAccessException ex) {
            throw new InvalidParameterException("after", "must be the next of a list in the same order");
        }
    }

    private static ScrollPosition position(String after) {
        Map<String, String> keys = JSON.readValue(Base64.getUrlDecoder().decode(after), KEYS);
        if (keys == null || keys.isEmpty()) {
            throw new IllegalArgumentException("no keys");
        }
        return ScrollPosition.forward(keys);
    }

    private static String text(ScrollPosition position) {
        Map<String, String> keys = new LinkedHashMap<>();
        ((KeysetScrollPosition) position).getKeys().forEach((name, value) -> keys.put(name, value.toString()));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JSON.writeValueAsString(keys).getBytes(StandardCharsets.UTF_8));
    }
}

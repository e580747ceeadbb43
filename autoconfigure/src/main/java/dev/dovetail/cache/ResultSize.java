package dev.dovetail.cache;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Slice;

/** How much a result holds. */
final class ResultSize {

    private ResultSize() {}

    /** How many rows, about: what cannot be counted without reading it counts as one. */
    static long of(@Nullable Object result) {
        if (result == null) {
            return 0;
        }
        if (result instanceof Optional<?> optional) {
            return optional.isPresent() ? 1 : 0;
        }
        if (result instanceof Collection<?> several) {
            return several.size();
        }
        if (result instanceof Map<?, ?> several) {
            return several.size();
        }
        return result instanceof Slice<?> slice ? slice.getNumberOfElements() : 1;
    }
}

package dev.dovetail.sample.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;

/**
 * Which page of a list. What is out of bounds is refused rather than corrected: a caller who asks for 1,000 and gets 100
 * would take them for all.
 *
 * @param page from 0
 * @param size at most 100
 */
record PageQuery(@Min(0) Integer page, @Min(1) @Max(100) Integer size) {

    private static final int DEFAULT_SIZE = 20;

    PageQuery(@Nullable Integer page, @Nullable Integer size) {
        this.page = page == null ? 0 : page;
        this.size = size == null ? DEFAULT_SIZE : size;
    }

    Limit limit() {
        return Limit.of(size);
    }
}

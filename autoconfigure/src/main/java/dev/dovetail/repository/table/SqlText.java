package dev.dovetail.repository.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement in the making: its text, and what is bound where a {@code ?} stands. */
final class SqlText {

    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();

    SqlText add(String more) {
        text.append(more);
        return this;
    }

    SqlText bind(@Nullable Object value) {
        values.add(value);
        return this;
    }

    String text() {
        return text.toString();
    }

    List<@Nullable Object> values() {
        return Collections.unmodifiableList(values);
    }
}

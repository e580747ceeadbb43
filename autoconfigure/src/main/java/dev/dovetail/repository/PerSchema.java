package dev.dovetail.repository;

import dev.dovetail.schema.Schema;
import dev.dovetail.schema.SchemaCatalog;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the schema, worked out anew when that has been read anew. Safe for use by several threads.
 *
 * @param <T> what follows, safe for use by several threads itself
 */
final class PerSchema<T> {

    private final SchemaCatalog catalog;
    private final Function<Schema, T> working;
    private volatile @Nullable Known<T> known;

    private record Known<T>(Schema schema, T result) {}

    PerSchema(SchemaCatalog catalog, Function<Schema, T> working) {
        this.catalog = catalog;
        this.working = working;
    }

    // The same schema, and not one that is equal: comparing every table would cost more than what is saved.
    @SuppressWarnings("ReferenceEquality")
    T get() {
        Known<T> now = known;
        Schema schema = catalog.current();
        if (now == null || now.schema != schema) {
            now = new Known<>(schema, working.apply(schema));
            known = now;
        }
        return now.result;
    }
}

package dev.dovetail.repository;

import java.sql.SQLType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/**
 * The values of an entity whose way to its columns is worked out.
 *
 * @param <T> the entity
 */
final class CompiledValues<T> implements RowValues<T> {

    private final CompiledEntity<T> entity;
    private final List<Integer> places;

    CompiledValues(CompiledEntity<T> entity) {
        this.entity = entity;
        this.places = new ArrayList<>();
        for (int i = 0; i < entity.columns().size(); i++) {
            EntityColumn column = entity.columns().get(i);
            if (column.isInserted() || column.isId()) {
                places.add(i);
            }
        }
    }

    @Override
    public List<SqlIdentifier> columns() {
        return places.stream().map(place -> entity.columns().get(place).name()).toList();
    }

    @Override
    public List<SQLType> types() {
        return places.stream().map(this::type).toList();
    }

    private SQLType type(int place) {
        return entity.columns().get(place).place().codec().jdbcType();
    }

    @Override
    public @Nullable Object[] of(T instance) {
        @Nullable Object[] written = entity.write(instance, places);
        if (places.size() == written.length) {
            return written;
        }
        @Nullable Object[] values = new @Nullable Object[places.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = written[places.get(i)];
        }
        return values;
    }
}

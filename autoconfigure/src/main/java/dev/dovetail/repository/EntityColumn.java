package dev.dovetail.repository;

import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/**
 * A column of an entity without children, with what reads and writes its values.
 *
 * @param property the property that it stores, of the entity or of a class that is embedded in it
 * @param path from the entity to that property, with points between
 * @param name of the column, with the prefix it has where it is embedded
 * @param label by which results of queries that Spring Data generates call it
 * @param place where it lies
 * @param embedded whether it is stored for a class that is embedded
 * @param reader of its values in results of the column itself
 * @param anyReader of values in results that are called like the column, whatever the query made them of
 * @param writer of its values
 */
record EntityColumn(
        RelationalPersistentProperty property,
        String path,
        SqlIdentifier name,
        String label,
        PropertyColumn place,
        boolean embedded,
        ColumnReader reader,
        ColumnReader anyReader,
        ColumnWriter writer) {

    boolean isId() {
        return !embedded && property.isIdProperty();
    }

    boolean isVersion() {
        return !embedded && property.isVersionProperty();
    }

    boolean isInserted() {
        return property.isWritable();
    }

    boolean isUpdated() {
        return property.isWritable()
                && !property.isInsertOnly()
                && !property.getOwner().isIdProperty(property);
    }

    /** A stored value that is none, in row {@code id}. */
    StoredValueException unreadable(@Nullable String id, IllegalArgumentException reason) {
        return new StoredValueException(place.table(), place.column(), id, String.valueOf(reason.getMessage()), reason);
    }
}

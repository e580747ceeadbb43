package dev.dovetail.repository;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.schema.SchemaCatalog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;

/** Whether a property's column may hold NULL, as far as the database says. */
interface Nullability {

    /** Where nobody says, it may, unless the property is of a primitive type. */
    boolean mayBeNull(RelationalPersistentEntity<?> entity, RelationalPersistentProperty property, String column);

    /** As the catalog says now: a column may become nullable while the application runs. */
    static Nullability of(Supplier<@Nullable SchemaCatalog> catalog) {
        return (entity, property, column) -> {
            if (property.isIdProperty() || property.getType().isPrimitive()) {
                return false;
            }
            return ask(catalog.get(), PropertyColumns.name(entity.getQualifiedTableName()), column);
        };
    }

    private static boolean ask(@Nullable SchemaCatalog catalog, String table, String column) {
        return catalog == null
                || catalog.find(table)
                        .flatMap(found -> found.column(column))
                        .map(ColumnInfo::nullable)
                        .orElse(true);
    }
}

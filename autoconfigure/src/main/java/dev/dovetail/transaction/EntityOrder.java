package dev.dovetail.transaction;

import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.Schema;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.schema.TableOrder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/** Which entities' rows have to be there before others': that of their tables. Safe for use by several threads. */
final class EntityOrder {

    private final RelationalMappingContext context;
    private final SchemaCatalog catalog;

    EntityOrder(RelationalMappingContext context, SchemaCatalog catalog) {
        this.context = context;
        this.catalog = catalog;
    }

    /** The place of an entity's table; behind all others if the database does not know it. */
    int of(Class<?> entity) {
        SqlIdentifier table = context.getRequiredPersistentEntity(entity).getQualifiedTableName();
        String name = StreamSupport.stream(table.spliterator(), false)
                .map(SqlIdentifier::getReference)
                .collect(Collectors.joining("."));
        Schema schema = catalog.current();
        List<TableInfo> ordered = TableOrder.of(schema);
        return schema.find(name).map(ordered::indexOf).orElse(ordered.size());
    }
}

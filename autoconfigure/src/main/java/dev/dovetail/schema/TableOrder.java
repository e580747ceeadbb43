package dev.dovetail.schema;

import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tables in an order in which rows can be inserted: those that are referred to come before those that refer to them. Where
 * tables refer to each other in a circle, the circle is cut at the first of them; its constraints have to be deferred.
 */
public final class TableOrder {

    private TableOrder() {}

    /** All base tables of the schema. */
    public static List<TableInfo> of(Schema schema) {
        Set<TableInfo> ordered = new LinkedHashSet<>();
        for (TableInfo table : schema.tables()) {
            if (!table.view()) {
                visit(table, schema, ordered, new LinkedHashSet<>());
            }
        }
        return new ArrayList<>(ordered);
    }

    private static void visit(TableInfo table, Schema schema, Set<TableInfo> ordered, Set<TableInfo> path) {
        if (ordered.contains(table) || !path.add(table)) {
            return;
        }
        for (ForeignKeyInfo key : table.foreignKeys()) {
            Optional<TableInfo> parent = schema.find(key.referencedTable());
            parent.ifPresent(found -> visit(found, schema, ordered, path));
        }
        ordered.add(table);
    }
}

package dev.dovetail.monitoring.advice;

import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.Schema;
import dev.dovetail.sql.StatementColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement whose tables are known. */
final class ReadStatement {

    /** A table under the name that the statement gives it. */
    record Use(StatementColumns.Table named, TableInfo table) {}

    private final StatementColumns columns;
    private final List<Use> uses = new ArrayList<>();

    ReadStatement(String text, Schema schema) {
        columns = StatementColumns.of(text);
        for (StatementColumns.Table named : columns.tables()) {
            String name = named.schema() == null ? named.name() : named.schema() + "." + named.name();
            schema.find(name)
                    .or(() -> schema.find(named.name()).filter(table -> table.schema() == null))
                    .ifPresent(table -> uses.add(new Use(named, table)));
        }
    }

    StatementColumns columns() {
        return columns;
    }

    /** By name and alias, in small letters. */
    Map<String, TableInfo> tables() {
        Map<String, TableInfo> tables = new LinkedHashMap<>();
        for (Use use : uses) {
            String alias = use.named.alias();
            tables.put((alias != null ? alias : use.named.name()).toLowerCase(Locale.ROOT), use.table);
        }
        return tables;
    }

    /** Those that a column may belong to, by what stands before it. */
    List<TableInfo> owners(@Nullable String qualifier, String column) {
        return uses.stream()
                .filter(use -> qualifier == null || use.named.isKnownAs(qualifier))
                .map(Use::table)
                .filter(table -> table.column(column).isPresent())
                .distinct()
                .toList();
    }
}

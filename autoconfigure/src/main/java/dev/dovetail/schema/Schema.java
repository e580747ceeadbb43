package dev.dovetail.schema;

import dev.dovetail.engine.TableInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tables and views of a database at one moment.
 *
 * @param tables in the order in which a name without a schema is looked up
 */
public record Schema(List<TableInfo> tables) {

    public Schema {
        tables = List.copyOf(tables);
    }

    /**
     * The table of this name, which may be preceded by its schema and a point. Letter case decides only between tables that
     * otherwise have the same name.
     */
    public Optional<TableInfo> find(String name) {
        return tables.stream()
                .filter(table -> name.equals(table.name()) || name.equals(qualified(table)))
                .findFirst()
                .or(() -> tables.stream()
                        .filter(table -> lower(name).equals(lower(table.name()))
                                || lower(name).equals(lower(qualified(table))))
                        .findFirst());
    }

    private static String qualified(TableInfo table) {
        return table.schema() + "." + table.name();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

package dev.dovetail.maintenance.retention;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.MomentColumn;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.StoredTerm;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.SchemaCatalog;
import dev.dovetail.schema.UnknownNameException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A rule and the table that it is about, as it is now.
 *
 * @param referring names of tables whose rows can keep those of this one, or what goes along with them
 */
record RetentionTarget(
        RetentionRule rule, TableInfo table, ColumnInfo column, RetentionSql sql, SortedSet<String> referring) {

    /** @throws InvalidRetentionException if the table is not there, or is none that the rule can be about */
    static RetentionTarget of(RetentionRule rule, SchemaCatalog catalog, Connection connection) throws SQLException {
        TableInfo table = table(rule, catalog);
        ColumnInfo column = column(rule, table);
        DatabaseEngine engine = catalog.engine();
        MomentColumn moments = engine.moments(SqlDialect.quoted(column.name()), column.type(), rule.unit());
        if (moments == null) {
            throw unusable(rule, table, column);
        }
        List<StoredTerm> key = engine.sql().rowKey(connection, table);
        if (key.isEmpty()) {
            throw new InvalidRetentionException(
                    rule.property("column"),
                    "table \"" + table.name() + "\" has no primary key to tell its rows apart by",
                    null);
        }
        String name = RetentionSql.quoted(table.schema(), table.name());
        RetentionSql sql = new RetentionSql(
                name,
                engine.sql().stored(column),
                key,
                moments,
                rule.where() == null ? null : engine.sql().namesOnly(rule.where()),
                engine.sql().skipLocked());
        SortedSet<String> referring = new TreeSet<>();
        addReferring(table.name(), catalog.current().tables(), new HashSet<>(), referring);
        return new RetentionTarget(rule, table, column, sql, referring);
    }

    private static void addReferring(String name, List<TableInfo> tables, Set<String> seen, Set<String> referring) {
        if (!seen.add(name)) {
            return;
        }
        for (TableInfo each : tables) {
            for (ForeignKeyInfo key : each.foreignKeys()) {
                if (!key.referencedTable().equalsIgnoreCase(name)) {
                    continue;
                }
                switch (key.onDelete()) {
                    case "CASCADE" -> addReferring(each.name(), tables, seen, referring);
                    case "NO ACTION", "RESTRICT" -> referring.add(each.name());
                    default -> {}
                }
            }
        }
    }

    private static TableInfo table(RetentionRule rule, SchemaCatalog catalog) {
        try {
            TableInfo table = catalog.table(rule.table());
            if (table.view()) {
                throw new InvalidRetentionException(
                        rule.property("column"),
                        "\"" + table.name() + "\" is a view; name the table that its rows lie in",
                        null);
            }
            return table;
        } catch (UnknownNameException e) {
            throw new InvalidRetentionException(rule.property("column"), String.valueOf(e.getMessage()), e);
        }
    }

    private static ColumnInfo column(RetentionRule rule, TableInfo table) {
        return table.column(rule.column()).orElseThrow(() -> {
            UnknownNameException unknown = UnknownNameException.of(
                    "column",
                    rule.column(),
                    "table \"" + table.name() + "\"",
                    table.columns().stream().map(ColumnInfo::name).toList());
            return new InvalidRetentionException(
                    rule.property("column"), String.valueOf(unknown.getMessage()), unknown);
        });
    }

    private static InvalidRetentionException unusable(RetentionRule rule, TableInfo table, ColumnInfo column) {
        String shown = "column \"%s\" of table \"%s\" is of type %s"
                .formatted(column.name(), table.name(), column.type().name());
        if (rule.unit() != null) {
            String problem = shown + ", whose values are no numbers that count; leave the unit away";
            return new InvalidRetentionException(rule.property("unit"), problem, null);
        }
        return switch (column.type().kind()) {
            case INTEGER -> {
                String problem = shown + ", so the unit must say what it counts: seconds, millis or micros";
                yield new InvalidRetentionException(rule.property("unit"), problem, null);
            }
            default -> {
                String problem =
                        shown + ", which says no moment; name a column of moments, dates or numbers since 1970";
                yield new InvalidRetentionException(rule.property("column"), problem, null);
            }
        };
    }

    /** What to create so that old rows are found without reading the table; null if there is an index for it. */
    @Nullable
    String missingIndex() {
        boolean served = isOnlyKey() || table.indexes().stream().anyMatch(this::serves);
        String name = ("idx_" + table.name() + "_" + column.name()).toLowerCase(Locale.ROOT);
        return served
                ? null
                : "CREATE INDEX %s ON %s (%s)"
                        .formatted(SqlDialect.quoted(name), sql.table(), SqlDialect.quoted(column.name()));
    }

    // The number of SQLite's rows has no index beside the table itself.
    private boolean isOnlyKey() {
        return table.primaryKey().equals(List.of(column.name()));
    }

    private boolean serves(IndexInfo index) {
        String condition = index.condition();
        return index.columns().get(0).equals(column.name())
                && (condition == null || plain(condition).equals(plain(String.valueOf(rule.where()))));
    }

    private static String plain(String condition) {
        return condition.replaceAll("[\\s()\"]", "").toLowerCase(Locale.ROOT);
    }
}

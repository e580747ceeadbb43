package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.KeptColumn;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.TableInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A table as its rows in the pragmas' results come in. */
final class SqliteTable {

    // UPDATE OF is told of columns that are set. RAISE(IGNORE) makes of a row that is there one that is not changed.
    // What runs before the update may change the columns itself; AFTER is always written.
    private static final Pattern WATCHING =
            Pattern.compile("\\b(OF|RAISE)\\b|^(?!.*\\bAFTER\\b)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    // What has no affinity, or BLOB's.
    private static final Set<ColumnType.Kind> AS_GIVEN = EnumSet.of(ColumnType.Kind.OTHER, ColumnType.Kind.BINARY);

    private record Column(
            String name,
            String type,
            boolean notNull,
            @Nullable String defaultValue,
            boolean generated) {}

    private record Reference(String table, String onDelete, List<String> from, List<@Nullable String> to) {}

    private final String name;
    private final boolean view;
    private final String sql;
    private final List<Column> columns = new ArrayList<>();
    private final Map<Integer, String> primaryKey = new TreeMap<>();
    // The pragma counts from the last one.
    private final Map<Integer, Reference> references = new TreeMap<>((one, other) -> Integer.compare(other, one));
    private final Map<String, SqliteIndex> indexes = new TreeMap<>();
    private final Map<String, List<String>> typeComments = new LinkedHashMap<>();
    private boolean keyHasIndex;
    private boolean watchesColumns;

    SqliteTable(String name, boolean view, String sql) {
        this.name = name;
        this.view = view;
        this.sql = sql;
    }

    /** Of a view: its column holds what the one of this name in a table holds. */
    void takeComments(String column, SqliteTable origin) {
        origin.columnNames().stream()
                .filter(column::equalsIgnoreCase)
                .findFirst()
                .ifPresent(name -> typeComments.put(
                        column, SqliteTableText.of(origin.sql).typeComments().getOrDefault(name, List.of())));
    }

    void addColumn(ResultSet row) throws SQLException {
        String column = row.getString("name");
        columns.add(new Column(
                column,
                row.getString("type"),
                row.getBoolean("notnull"),
                row.getString("dflt_value"),
                row.getInt("hidden") >= 2));
        int position = row.getInt("pk");
        if (position > 0) {
            primaryKey.put(position, column);
        }
    }

    void addForeignKeyColumn(ResultSet row) throws SQLException {
        String parent = row.getString("parent");
        String onDelete = row.getString("on_delete");
        Reference reference = references.computeIfAbsent(
                row.getInt("id"), id -> new Reference(parent, onDelete, new ArrayList<>(), new ArrayList<>()));
        reference.from.add(row.getString("column_from"));
        reference.to.add(row.getString("column_to"));
    }

    void addIndexColumn(ResultSet row) throws SQLException {
        keyHasIndex |= row.getString("origin").equals("pk");
        String indexName = row.getString("index_name");
        SqliteIndex index = indexes.get(indexName);
        if (index == null) {
            index = SqliteIndex.of(row);
            indexes.put(indexName, index);
        }
        index.add(row);
    }

    void addTrigger(ResultSet row) throws SQLException {
        watchesColumns |= WATCHING.matcher(row.getString("sql")).find();
    }

    List<String> primaryKey() {
        return List.copyOf(primaryKey.values());
    }

    String name() {
        return name;
    }

    String sql() {
        return sql;
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    boolean isView() {
        return view;
    }

    /** @param parents finds the table of a name in any letter case */
    TableInfo describe(Function<String, @Nullable SqliteTable> parents) {
        SqliteTableText text = view ? new SqliteTableText(typeComments, List.of(), Map.of()) : SqliteTableText.of(sql);
        Map<String, Set<String>> referred = referredCollations(parents);
        List<ColumnInfo> described =
                columns.stream().map(column -> describe(column, text)).toList();
        return new TableInfo(
                null,
                name,
                view,
                described,
                primaryKey(),
                describeForeignKeys(text, parents),
                indexes.entrySet().stream()
                        .map(entry -> entry.getValue().describe(entry.getKey(), text, referred))
                        .toList(),
                watchesColumns ? List.of() : keptColumns(described));
    }

    // Compared by bytes: collations take texts for equal that differ. A column that converts nothing may hold 1 or 1.0,
    // which are equal, and to set a generated one has to fail.
    private List<KeptColumn> keptColumns(List<ColumnInfo> described) {
        return described.stream()
                .filter(column ->
                        !column.generated() && !AS_GIVEN.contains(column.type().kind()))
                .map(ColumnInfo::name)
                .filter(column -> indexes.values().stream().anyMatch(index -> index.isOver(column)))
                .map(column -> new KeptColumn(column, SqlDialect.quoted(column) + " COLLATE BINARY IS ?"))
                .toList();
    }

    private ColumnInfo describe(Column column, SqliteTableText text) {
        boolean identity = isIdentity(column);
        return new ColumnInfo(
                column.name,
                SqliteTypes.of(column.type, text.typeComments().getOrDefault(column.name, List.of())),
                !column.notNull && !identity,
                column.defaultValue,
                column.generated,
                identity);
    }

    // Only a key that is the row's own number needs no index; INT PRIMARY KEY, or one WITHOUT ROWID, has one.
    private boolean isIdentity(Column column) {
        return !keyHasIndex && primaryKey().equals(List.of(column.name)) && column.type.equalsIgnoreCase("INTEGER");
    }

    private List<ForeignKeyInfo> describeForeignKeys(
            SqliteTableText text, Function<String, @Nullable SqliteTable> parents) {
        List<ForeignKeyInfo> keys = new ArrayList<>();
        references.forEach((id, reference) -> {
            SqliteTable parent = parents.apply(reference.table);
            keys.add(new ForeignKeyInfo(
                    text.foreignKeyName(id, references.size()),
                    reference.from,
                    parent == null ? reference.table : parent.name,
                    referencedColumns(reference, parent),
                    reference.onDelete));
        });
        return keys;
    }

    private Map<String, Set<String>> referredCollations(Function<String, @Nullable SqliteTable> parents) {
        Map<String, Set<String>> collations = new HashMap<>();
        for (Reference reference : indexes.isEmpty() ? List.<Reference>of() : references.values()) {
            SqliteTable parent = parents.apply(reference.table);
            if (parent != null) {
                SqliteTableText text = SqliteTableText.of(parent.sql);
                List<String> columns = referencedColumns(reference, parent);
                for (int i = 0; i < Math.min(columns.size(), reference.from.size()); i++) {
                    collations
                            .computeIfAbsent(reference.from.get(i), any -> new HashSet<>())
                            .add(text.collation(columns.get(i)));
                }
            }
        }
        return collations;
    }

    private static List<String> referencedColumns(Reference reference, @Nullable SqliteTable parent) {
        List<String> named = new ArrayList<>();
        for (String column : reference.to) {
            if (column == null) {
                return parent == null ? List.of() : parent.primaryKey();
            }
            named.add(parent == null ? column : parent.spelled(column));
        }
        return named;
    }

    private String spelled(String column) {
        return columns.stream()
                .map(Column::name)
                .filter(column::equalsIgnoreCase)
                .findFirst()
                .orElse(column);
    }

    /** By name, in order. */
    static Map<String, SqliteTable> read(ResultSet rows) throws SQLException {
        Map<String, SqliteTable> tables = new LinkedHashMap<>();
        while (rows.next()) {
            String name = rows.getString("name");
            tables.put(name, new SqliteTable(name, rows.getString("type").equals("view"), rows.getString("sql")));
        }
        return tables;
    }
}

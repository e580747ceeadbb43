package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.postgresql.ServerRelations.Relation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Temporary tables like those of a statement, with their indexes, some of their rows, and their statistics. They have the tables'
 * own names, so that the statement finds them first, and nobody else does. Of the tables themselves some pages are read, and
 * no lock is taken but a reader's.
 */
final class TableCopies implements TriedIndexes {

    // 4 MB of each table: a tenth of a second.
    private static final long MOST_PAGES = 500;
    private static final long SMALL = 50;

    // The planner takes the number of pages from the file, so rows there must be; the rest from the statistics.
    private static final String COPY = """
            CREATE TEMPORARY TABLE %1$s (LIKE %2$s INCLUDING ALL EXCLUDING COMMENTS EXCLUDING CONSTRAINTS
                EXCLUDING DEFAULTS EXCLUDING GENERATED EXCLUDING IDENTITY) ON COMMIT DROP;
            INSERT INTO pg_temp.%1$s (%3$s) SELECT %3$s FROM %2$s%4$s""";

    private static final String DISTINCT = """
            SELECT string_agg(pg_catalog.format('ALTER COLUMN %I SET (n_distinct = %s)', attname, n_distinct), ', ')
              FROM pg_catalog.pg_stats
             WHERE schemaname = ? AND tablename = ? AND NOT inherited AND n_distinct <> 0""";

    // From PostgreSQL 18 on statistics can be set; these are what pg_dump carries over.
    private static final String RESTORE = """
            SELECT count(pg_catalog.pg_restore_attribute_stats(
                'schemaname', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = pg_catalog.pg_my_temp_schema())::text,
                'relname', tablename::text, 'attname', attname::text, 'inherited', false,
                'null_frac', null_frac, 'avg_width', avg_width, 'n_distinct', n_distinct,
                'most_common_vals', most_common_vals::text, 'most_common_freqs', most_common_freqs,
                'histogram_bounds', histogram_bounds::text, 'correlation', correlation))
              FROM pg_catalog.pg_stats WHERE schemaname = ? AND tablename = ? AND NOT inherited""";

    private static final int RESTORES = 180_000;
    private static final String FEATURE_NOT_SUPPORTED = "0A000";

    private final Connection connection;
    private final ServerRelations relations;
    private final double share;
    private final Map<IndexCandidate, String> created = new LinkedHashMap<>();
    private boolean reduced;
    private boolean exact = true;

    TableCopies(Connection connection, ServerRelations relations) {
        this.connection = connection;
        this.relations = relations;
        long largest = relations.all().stream().mapToLong(Relation::pages).max().orElse(0);
        this.share = largest <= MOST_PAGES ? 1 : (double) MOST_PAGES / largest;
    }

    void make() throws SQLException {
        for (Relation relation : relations.all()) {
            if (!relation.isPlain()) {
                throw new SQLException(
                        relation.table().name() + " is no plain table, or has policies, and is not copied",
                        FEATURE_NOT_SUPPORTED);
            }
            copy(relation);
        }
        TableUpkeep.execute(connection, """
                SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', 'pg_temp',
                    nullif(pg_catalog.current_setting('search_path'), '')), true)""");
    }

    private void copy(Relation relation) throws SQLException {
        String name = SqlDialect.quoted(relation.table().name());
        String columns = relation.table().columns().stream()
                .map(ColumnInfo::name)
                .map(SqlDialect::quoted)
                .collect(Collectors.joining(", "));
        TableUpkeep.execute(connection, COPY.formatted(name, relation.name(), columns, sample(relation)));
        keepStatistics(relation, name);
    }

    // All tables of a statement are made smaller alike, so that the parts of a plan keep their proportions.
    private String sample(Relation relation) {
        double own = Math.max(share, (double) SMALL / Math.max(1, relation.pages()));
        return own >= 1 ? "" : String.format(Locale.ROOT, " TABLESAMPLE SYSTEM (%.4f) REPEATABLE (1)", own * 100);
    }

    private void keepStatistics(Relation relation, String name) throws SQLException {
        String schema = String.valueOf(relation.table().schema());
        String table = relation.table().name();
        String distinct = ServerQuery.text(connection, DISTINCT, schema, table);
        if (distinct != null) {
            TableUpkeep.execute(connection, "ALTER TABLE pg_temp." + name + " " + distinct);
        }
        TableUpkeep.execute(connection, "ANALYZE pg_temp." + name);
        String version = ServerQuery.text(connection, "SHOW server_version_num");
        if (version == null || Integer.parseInt(version) < RESTORES) {
            exact = false;
        } else {
            // Some types' values cannot be had as texts; what ANALYZE has found in the copy remains then.
            exact &= Attempt.of(connection, () -> ServerQuery.text(connection, RESTORE, schema, table));
        }
    }

    @Override
    public Map<String, IndexCandidate> use(List<IndexCandidate> indexes) throws SQLException {
        bringBack();
        for (IndexCandidate index : indexes) {
            if (!created.containsKey(index)) {
                create(index);
            }
        }
        reduce(indexes);
        Map<String, IndexCandidate> names = new LinkedHashMap<>();
        created.forEach((index, name) -> {
            if (indexes.contains(index)) {
                names.put(name, index);
            }
        });
        return names;
    }

    // An index that was built once is hidden, not built again.
    private void reduce(List<IndexCandidate> indexes) throws SQLException {
        String unused = created.entrySet().stream()
                .filter(each -> !indexes.contains(each.getKey()))
                .map(each -> "pg_temp." + each.getValue())
                .collect(Collectors.joining(", "));
        if (!unused.isEmpty()) {
            TableUpkeep.execute(connection, "SAVEPOINT reduced; DROP INDEX " + unused);
            reduced = true;
        }
    }

    private void bringBack() throws SQLException {
        if (reduced) {
            TableUpkeep.execute(connection, "ROLLBACK TO SAVEPOINT reduced; RELEASE SAVEPOINT reduced");
            reduced = false;
        }
    }

    private void create(IndexCandidate index) throws SQLException {
        String name = "dovetail_trial_" + created.size();
        String sql = "CREATE INDEX %s ON pg_temp.%s (%s)"
                .formatted(name, SqlDialect.quoted(index.table()), index.columnList());
        // There are types that cannot be sorted.
        if (Attempt.of(connection, () -> TableUpkeep.execute(connection, sql))) {
            created.put(index, name);
        }
    }

    @Override
    public double share() {
        return share;
    }

    @Override
    public String method() {
        return "temporary copies of the tables with their statistics"
                + (exact ? "" : " as far as they can be carried over")
                + (share < 1 ? String.format(Locale.ROOT, " and %.1f %% of their rows", share * 100) : "");
    }
}

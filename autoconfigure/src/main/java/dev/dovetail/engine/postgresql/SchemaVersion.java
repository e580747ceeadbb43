package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Tells a change of the catalog without reading it: how many rows describe the tables, and the sum of the transactions that
 * wrote them. A new row is of a later transaction than all others, so as many rows of the same sum are the same rows.
 */
final class SchemaVersion {

    private static final String OF_TABLES = """
            WITH ours AS (
                SELECT c.oid, c.xmin FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ANY (pg_catalog.current_schemas(false))),
            written AS (
                SELECT xmin FROM ours
                UNION ALL SELECT a.xmin FROM pg_catalog.pg_attribute a JOIN ours ON ours.oid = a.attrelid AND a.attnum > 0
                UNION ALL SELECT d.xmin FROM pg_catalog.pg_attrdef d JOIN ours ON ours.oid = d.adrelid
                UNION ALL SELECT i.xmin FROM pg_catalog.pg_index i JOIN ours ON ours.oid = i.indexrelid
                UNION ALL SELECT k.xmin FROM pg_catalog.pg_constraint k JOIN ours ON ours.oid = k.conrelid
                UNION ALL SELECT xmin FROM pg_catalog.pg_type WHERE typtype = 'd')
            SELECT pg_catalog.current_schemas(false)::text || ' ' || count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0)
              FROM written""";

    private SchemaVersion() {}

    /** {@code null} from a product whose catalog does not say who wrote its rows. */
    static @Nullable String read(Connection connection) throws SQLException {
        return tellsWriters(connection) ? ServerQuery.text(connection, OF_TABLES) : null;
    }

    private static boolean tellsWriters(Connection connection) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        return connection.unwrap(PGConnection.class).getParameterStatus("crdb_version") == null
                && !version.contains("-YB-");
    }
}

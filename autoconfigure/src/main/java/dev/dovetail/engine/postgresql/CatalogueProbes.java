package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What the catalogue says of things that are broken, or will be. */
final class CatalogueProbes {

    private static final double LAST_TRANSACTIONS = 10_000_000;

    // One that is just being built is not valid either. Of which table it is, only its builder's peers are told; the
    // locks are
    // seen by all.
    private static final String INVALID_INDEXES = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS subject, i.indisunique AS is_unique
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname NOT LIKE 'pg\\_%'
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p
                                 JOIN pg_catalog.pg_locks l ON l.pid = p.pid
                                WHERE p.datname = current_database() AND l.relation = i.indrelid)
             ORDER BY 1""";

    // From PostgreSQL 18 on there are some that nobody means to be checked.
    private static final String INVALID_CONSTRAINTS = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS in_table,
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '/' || quote_ident(k.conname) AS subject,
                   quote_ident(k.conname) AS name
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT k.convalidated AND coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
               AND n.nspname NOT LIKE 'pg\\_%'
             ORDER BY 2""";

    // What counts is the smaller of what the sequence and what its column can hold.
    private static final String SEQUENCES = """
            SELECT quote_ident(s.schemaname) || '.' || quote_ident(s.sequencename) AS subject,
                   s.last_value::float8 / l.most AS measured, l.most::text AS most
              FROM pg_catalog.pg_sequences s
             CROSS JOIN LATERAL (
                   SELECT least(s.max_value, min(CASE a.atttypid WHEN 'int2'::regtype THEN 32767
                                                                 WHEN 'int4'::regtype THEN 2147483647 END)) AS most
                     FROM pg_catalog.pg_depend d
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                      AND d.objid = to_regclass(quote_ident(s.schemaname) || '.' || quote_ident(s.sequencename))) l
             WHERE s.increment_by > 0 AND NOT s.cycle AND s.last_value::float8 / l.most > ?
             ORDER BY 2 DESC""";

    private static final String TRANSACTION_IDS = """
            SELECT datname AS subject,
                   2147483648 - greatest(age(datfrozenxid), mxid_age(datminmxid))::float8 AS measured
              FROM pg_catalog.pg_database
             WHERE 2147483648 - greatest(age(datfrozenxid), mxid_age(datminmxid))::float8 < ?
             ORDER BY 2""";

    private CatalogueProbes() {}

    static List<HealthProbe> all() {
        return List.of(
                new ServerProbe(
                        "invalid-indexes",
                        null,
                        ConnectionRole.WRITER,
                        INVALID_INDEXES,
                        (row, limit) -> invalidIndex(row)),
                new ServerProbe(
                        "invalid-constraints",
                        null,
                        ConnectionRole.WRITER,
                        INVALID_CONSTRAINTS,
                        (row, limit) -> invalidConstraint(row)),
                new ServerProbe(
                        "sequences",
                        Threshold.share(0.9),
                        ConnectionRole.WRITER,
                        SEQUENCES,
                        (row, limit) -> sequence(row)),
                new ServerProbe(
                        "transaction-ids",
                        Threshold.count(LAST_TRANSACTIONS),
                        ConnectionRole.WRITER,
                        TRANSACTION_IDS,
                        (row, limit) -> transactionIds(row)));
    }

    private static ProbeFinding invalidIndex(ResultSet row) throws SQLException {
        String index = row.getString("subject");
        return new ProbeFinding(
                index,
                row.getBoolean("is_unique") ? Severity.MEDIUM : Severity.LOW,
                null,
                "Index %s is not valid: no query uses it, every write pays for it".formatted(index),
                "Rebuild it by REINDEX INDEX CONCURRENTLY %s, or drop it; action 'optimize' with reindex does so."
                        .formatted(index));
    }

    private static ProbeFinding invalidConstraint(ResultSet row) throws SQLException {
        return new ProbeFinding(
                row.getString("subject"),
                Severity.LOW,
                null,
                "Constraint %s of %s was never validated: rows that were there before may violate it"
                        .formatted(row.getString("name"), row.getString("in_table")),
                "Correct the rows, then ALTER TABLE %s VALIDATE CONSTRAINT %s."
                        .formatted(row.getString("in_table"), row.getString("name")));
    }

    private static ProbeFinding sequence(ResultSet row) throws SQLException {
        double measured = row.getDouble("measured");
        return new ProbeFinding(
                row.getString("subject"),
                measured >= 0.98 ? Severity.CRITICAL : Severity.HIGH,
                measured,
                "Sequence %s has used %s of its numbers up to %s"
                        .formatted(
                                row.getString("subject"),
                                Threshold.share(measured).shown(),
                                row.getString("most")),
                "Make the column bigint, and the sequence too (ALTER SEQUENCE … AS bigint), before inserts fail.");
    }

    private static ProbeFinding transactionIds(ResultSet row) throws SQLException {
        double left = row.getDouble("measured");
        return new ProbeFinding(
                row.getString("subject"),
                Severity.CRITICAL,
                left,
                "Database '%s' has %s transaction ids left before it refuses every write"
                        .formatted(
                                row.getString("subject"), Threshold.count(left).shown()),
                "End transactions, prepared transactions and replication slots that are old, then VACUUM its oldest tables"
                        + " now; autovacuum has been failing or is switched off.");
    }
}

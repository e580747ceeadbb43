package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.postgresql.CatalogueRelation.Body;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the catalogue knows about the names in a statement, and about all that hangs together with them. One query. */
final class StatementCatalogue {

    // A rule's own text names what it uses by number, also what belongs to the server: of that no dependency is
    // recorded. No name tells of an operator or a cast: those that somebody added, from 16384 on, count as called
    // everywhere unless their maker said that they depend on nothing.
    private static final String QUERY = """
            WITH RECURSIVE edge (kind, source, target) AS (
                SELECT 'named', 0::oid, c.oid FROM pg_catalog.pg_class c
                 WHERE c.relname = ANY (?::text[]::name[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                UNION
                SELECT e.kind, n.target, e.target FROM edge n CROSS JOIN LATERAL (
                    SELECT CASE w.ev_type WHEN '1' THEN 'view' ELSE 'rule' END AS kind, m.found[1]::oid AS target
                      FROM pg_catalog.pg_rewrite w
                      CROSS JOIN LATERAL pg_catalog.regexp_matches(
                               w.ev_qual::text || w.ev_action::text, ':relid ([1-9]\\d*)', 'g') AS m (found)
                     WHERE w.ev_class = n.target
                    UNION ALL
                    SELECT 'family', i.inhparent FROM pg_catalog.pg_inherits i WHERE i.inhrelid = n.target
                    UNION ALL
                    SELECT 'family', i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = n.target
                    UNION ALL
                    SELECT 'key', k.conrelid FROM pg_catalog.pg_constraint k
                     WHERE ? AND k.confrelid = n.target AND k.contype = 'f'
                       AND (? OR k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))) e),
            reached AS MATERIALIZED (
                SELECT c.oid, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, s.nspname, s.nspname
                       IN ('pg_catalog', 'information_schema', 'pg_toast') AS of_server
                  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
                 WHERE c.oid IN (SELECT target FROM edge)),
            rule AS (
                SELECT r.oid, w.ev_qual::text || w.ev_action::text AS text
                  FROM reached r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid WHERE NOT r.of_server),
            expression AS (
                SELECT 'rule function' AS kind, oid, text FROM rule
                UNION ALL
                SELECT 'function', d.adrelid, d.adbin::text FROM pg_catalog.pg_attrdef d JOIN reached r ON r.oid = d.adrelid
                 WHERE ?
                UNION ALL
                SELECT 'function', k.conrelid, k.conbin::text FROM pg_catalog.pg_constraint k
                 WHERE ? AND k.contype = 'c' AND (k.contypid <> 0 OR k.conrelid IN (SELECT oid FROM reached))
                UNION ALL
                SELECT 'rule function', p.polrelid, pg_catalog.concat(p.polqual::text, p.polwithcheck::text)
                  FROM pg_catalog.pg_policy p JOIN reached r ON r.oid = p.polrelid
                UNION ALL
                SELECT 'function', t.tgrelid, t.tgqual::text FROM pg_catalog.pg_trigger t JOIN reached r ON r.oid = t.tgrelid
                 WHERE ? AND t.tgqual IS NOT NULL),
            used AS (
                SELECT DISTINCT x.kind, x.oid, m.found[1]::oid AS function FROM expression x
                 CROSS JOIN LATERAL pg_catalog.regexp_matches(
                          x.text, ':(?:funcid|aggfnoid|winfnoid) (\\d+)', 'g') AS m (found)
                UNION
                SELECT 'call', 0::oid, p.oid FROM pg_catalog.pg_proc p
                 WHERE p.proname = ANY (?::text[]::name[])
                UNION
                SELECT 'call', 0::oid, p.oid FROM pg_catalog.pg_proc p
                  JOIN pg_catalog.pg_type t ON t.oid = p.proargtypes[0] AND t.typtype IN ('c', 'd', 'p')
                 WHERE p.proname = ANY (?::text[]::name[]) AND p.pronamespace <> 'pg_catalog'::regnamespace
                UNION
                SELECT 'call', 0::oid, p.oid FROM pg_catalog.pg_proc p
                 WHERE p.oid >= 16384 AND p.provolatile <> 'i'
                   AND (EXISTS (SELECT FROM pg_catalog.pg_operator o WHERE o.oid >= 16384 AND o.oprcode = p.oid)
                        OR EXISTS (SELECT FROM pg_catalog.pg_cast c WHERE c.oid >= 16384 AND c.castfunc = p.oid))),
            row_of (kind, source, target, name, detail) AS (
                SELECT kind, source::bigint, target::bigint, NULL::text, NULL::text FROM edge
                UNION ALL
                SELECT 'relation', oid::bigint, 0, nspname || '.' || relname, relkind::text || relpersistence::text
                       || CASE WHEN relrowsecurity THEN 'p' ELSE '-' END
                       || CASE WHEN nspname = 'information_schema' AND nspname <> ALL (pg_catalog.current_schemas(false))
                                 THEN 'i' WHEN of_server THEN 's' ELSE '-' END
                  FROM reached
                UNION ALL
                SELECT 'session', oid::bigint, 0, NULL, NULL FROM rule
                 WHERE text ~ 'SQLVALUEFUNCTION :op (9|1\\d)|:hasForUpdate true'
                UNION ALL
                SELECT 'trigger', t.tgrelid::bigint, p.oid::bigint,
                       CASE WHEN p.pronamespace = 'pg_catalog'::regnamespace THEN 'built in' ELSE l.lanname END, p.prosrc
                  FROM pg_catalog.pg_trigger t JOIN reached r ON r.oid = t.tgrelid
                  JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid JOIN pg_catalog.pg_language l ON l.oid = p.prolang
                 WHERE ? AND NOT t.tgisinternal AND t.tgenabled <> 'D'
                UNION ALL
                SELECT u.kind, u.oid::bigint, p.oid::bigint, p.proname,
                       CASE WHEN p.probin IN ('$libdir/uuid-ossp', '$libdir/pgcrypto') THEN 'i' ELSE (SELECT max(f.provolatile::text) FROM pg_catalog.pg_proc f
                         WHERE f.oid = p.oid OR f.oid IN (
                             SELECT pg_catalog.unnest(ARRAY[a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn,
                                    a.aggminvtransfn, a.aggmfinalfn]::oid[])
                               FROM pg_catalog.pg_aggregate a WHERE a.aggfnoid = p.oid)) END
                       || CASE WHEN p.pronamespace = 'pg_catalog'::regnamespace THEN 'b' ELSE '-' END
                       || l.lanname || ' ' || p.prosrc
                  FROM used u JOIN pg_catalog.pg_proc p ON p.oid = u.function
                  JOIN pg_catalog.pg_language l ON l.oid = p.prolang)
            SELECT kind, source, target, name, detail FROM row_of""";

    private final Connection connection;
    private final Map<Long, CatalogueRelation> relations = new HashMap<>();
    private final List<Function> functions = new ArrayList<>();
    private boolean ofSession;

    /**
     * A function that may be called.
     *
     * @param kind where: by the text (call), by a rule or a policy (rule function), or as rows are written (function)
     * @param relation whose rule or column calls it; 0 if the text does
     * @param volatility as the catalogue has it: {@code i}, {@code s} or {@code v}
     * @param builtIn whether it is the server's own
     * @param body what runs when it is called
     */
    record Function(String kind, long relation, String name, char volatility, boolean builtIn, Body body) {}

    StatementCatalogue(Connection connection) {
        this.connection = connection;
    }

    /**
     * Adds all that the names in a text may mean.
     *
     * @param writes whether what follows from a change is asked for as well
     * @return those relations that have one of the names
     */
    Set<CatalogueRelation> ask(StatementText text, boolean writes) throws SQLException {
        Set<CatalogueRelation> named = new LinkedHashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            bind(statement, text, writes);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    add(row, named);
                }
            }
        }
        return named;
    }

    private void bind(PreparedStatement statement, StatementText text, boolean writes) throws SQLException {
        Array names = connection.createArrayOf("text", text.names().toArray());
        statement.setArray(1, names);
        statement.setBoolean(2, writes);
        // TRUNCATE … CASCADE takes all that refer to it along.
        statement.setBoolean(3, text.has("TRUNCATE") && text.has("CASCADE"));
        statement.setBoolean(4, writes);
        statement.setBoolean(5, writes);
        statement.setBoolean(6, writes);
        statement.setArray(7, connection.createArrayOf("text", text.called().toArray()));
        statement.setArray(8, names);
        statement.setBoolean(9, writes);
    }

    private void add(ResultSet row, Set<CatalogueRelation> named) throws SQLException {
        String kind = row.getString(1);
        long source = row.getLong(2);
        long target = row.getLong(3);
        switch (kind) {
            case "named" -> named.add(relation(target));
            case "relation" -> relation(source).describe(row.getString(4), row.getString(5));
            case "session" -> ofSession = true;
            case "trigger" -> relation(source).addTrigger(new Body(row.getString(4), row.getString(5)));
            case "call", "function", "rule function" -> addFunction(kind, source, row.getString(4), row.getString(5));
            default -> relation(source).addEdge(kind, relation(target));
        }
    }

    private void addFunction(String kind, long relation, String name, String detail) {
        int end = detail.indexOf(' ');
        Body body = new Body(detail.substring(2, end), detail.substring(end + 1));
        functions.add(new Function(kind, relation, name, detail.charAt(0), detail.charAt(1) == 'b', body));
    }

    private CatalogueRelation relation(long number) {
        return relations.computeIfAbsent(number, CatalogueRelation::new);
    }

    List<Function> functions() {
        return functions;
    }

    /** Whether the relation of this number was reached, and keeps rows that were made from others. */
    boolean isMaterializedView(long number) {
        CatalogueRelation relation = relations.get(number);
        return relation != null && relation.isOfKind('m');
    }

    /** Whether one of the rules depends on who asks, or locks rows. */
    boolean isOfOneSession() {
        return ofSession;
    }
}

package dev.dovetail.cache;

import java.util.List;

/**
 * The SQL by which PostgreSQL itself announces what is changed by others than this layer: {@code psql}, programs in other
 * languages, jobs of the server. To be run by a migration. Instances that this layer runs in need none of it, and on SQLite it is
 * never needed: there every commit of another process is seen.
 *
 * <p>Each returned text is one statement.
 */
public final class CacheTriggers {

    /** The function that the triggers call. */
    public static final String FUNCTION = "dovetail_announce_change";

    private static final String TRIGGER = "dovetail_announce_change";

    // A name with letters that would have to be written otherwise is rare enough to stand for all tables.
    private static final String CREATE_FUNCTION = """
            CREATE OR REPLACE FUNCTION dovetail_announce_change() RETURNS trigger LANGUAGE plpgsql AS $function$
            DECLARE
                changed text := TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME;
            BEGIN
                IF changed !~ '^[A-Za-z0-9_.]+$' THEN
                    changed := '**';
                END IF;
                PERFORM pg_catalog.pg_notify('dovetail_changes', '1 - t0 ' || changed);
                RETURN NULL;
            END
            $function$""";

    private static final String DROP_FUNCTION = "DROP FUNCTION IF EXISTS dovetail_announce_change()";

    private static final String CREATE_TRIGGER = """
            CREATE OR REPLACE TRIGGER %s AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION dovetail_announce_change()""";

    private static final String DROP_TRIGGER = "DROP TRIGGER IF EXISTS %s ON %s";

    private CacheTriggers() {}

    /** Makes the function that the triggers call; replaces an older one. */
    public static String createFunction() {
        return CREATE_FUNCTION;
    }

    /** Removes it, after the triggers. */
    public static String dropFunction() {
        return DROP_FUNCTION;
    }

    /**
     * Makes the trigger of a table: once for each statement that changes it, not for each row. PostgreSQL 14 or newer.
     *
     * @param table its name, or schema and name, as the catalogue has them, without quotes
     */
    public static String create(String... table) {
        return CREATE_TRIGGER.formatted(TRIGGER, quoted(table));
    }

    /** Removes the trigger of a table. */
    public static String drop(String... table) {
        return DROP_TRIGGER.formatted(TRIGGER, quoted(table));
    }

    private static String quoted(String... name) {
        if (name.length < 1 || name.length > 2) {
            throw new IllegalArgumentException("A table has a name, or a schema and a name, but not " + name.length);
        }
        return String.join(
                ".", List.of(name).stream().map(CacheTriggers::quotedPart).toList());
    }

    private static String quotedPart(String part) {
        return '"' + part.replace("\"", "\"\"") + '"';
    }
}

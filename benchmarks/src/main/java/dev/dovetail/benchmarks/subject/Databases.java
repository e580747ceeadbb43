package dev.dovetail.benchmarks.subject;

import java.util.UUID;

/**
 * Makes databases with the table and its first rows.
 *
 * <p>Each size is made once and copied for each that asks, so all begin with the same pages. Nobody opens what is copied.
 */
public final class Databases {

    private static final String PREFIX = "dovetail_benchmark_";

    private Databases() {}

    /** Makes what {@link #copy} copies, unless it is there already: large ones take long. */
    public static void make(Engine engine, int rows) {
        made(engine, PREFIX + rows, rows);
    }

    /** A database of its own with so many rows. */
    public static DatabaseUnderTest copy(Engine engine, int rows) {
        String name = PREFIX + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        String template = made(engine, PREFIX + rows, rows);
        return engine == Engine.SQLITE ? SqliteFiles.copy(template, name) : PostgresqlServer.copy(template, name);
    }

    /** A database with so many rows that stays, for it takes long to make or to copy: leave it as it was. */
    public static DatabaseUnderTest lasting(Engine engine, int rows) {
        return at(engine, made(engine, PREFIX + "lasting_" + rows, rows));
    }

    private static String made(Engine engine, String name, int rows) {
        boolean exists = engine == Engine.SQLITE ? SqliteFiles.exists(name) : PostgresqlServer.exists(name);
        if (!exists) {
            String unfinished = name + "_unfinished";
            if (engine == Engine.SQLITE) {
                SqliteFiles.build(unfinished, rows);
                SqliteFiles.rename(unfinished, name);
            } else {
                PostgresqlServer.build(unfinished, rows);
                PostgresqlServer.rename(unfinished, name);
            }
        }
        return name;
    }

    private static DatabaseUnderTest at(Engine engine, String name) {
        return engine == Engine.SQLITE ? SqliteFiles.at(name) : PostgresqlServer.at(name);
    }
}

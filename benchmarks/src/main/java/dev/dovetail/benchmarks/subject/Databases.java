package dev.dovetail.benchmarks.subject;

import java.util.UUID;

/**
 * Makes databases with the table and its first rows.
 *
 * <p>Each size is made once and copied for each that asks, so all begin with the same pages.
 */
public final class Databases {

    private static final String PREFIX = "dovetail_benchmark_";

    private Databases() {}

    /** A database of its own with so many rows. */
    public static DatabaseUnderTest copy(Engine engine, int rows) {
        String name = PREFIX + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        String template = template(engine, rows);
        return engine == Engine.SQLITE ? SqliteFiles.copy(template, name) : PostgresqlServer.copy(template, name);
    }

    /** The database with so many rows itself, which stays for others: leave it as it was. */
    public static DatabaseUnderTest original(Engine engine, int rows) {
        return at(engine, template(engine, rows));
    }

    private static String template(Engine engine, int rows) {
        String name = PREFIX + rows;
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

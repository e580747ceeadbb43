package dev.dovetail.engine.sqlite;

import java.sql.SQLException;

/** What is done with a connection in one piece. */
@FunctionalInterface
interface SqliteWork<T> {

    T execute() throws SQLException;
}

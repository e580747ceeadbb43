package dev.dovetail.test;

/**
 * An empty database for one test or one test class. Close it, or it is dropped when the JVM ends.
 *
 * <p>Thread-safe.
 */
public final class TestDatabase implements AutoCloseable {

    private final ConnectionInfo info;
    private final Runnable drop;

    TestDatabase(ConnectionInfo info, Runnable drop) {
        this.info = info;
        this.drop = drop;
    }

    /** Where it is, and the role that owns it. */
    public ConnectionInfo info() {
        return info;
    }

    /** Its JDBC URL, without user and password. */
    public String jdbcUrl() {
        return info.jdbcUrl();
    }

    /** The role that owns it. */
    public String username() {
        return info.username();
    }

    /** The password of {@link #username()}. */
    public String password() {
        return info.password();
    }

    /** Drops it and ends the sessions in it. Does nothing the second time, or on a server that is down. */
    @Override
    public void close() {
        drop.run();
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return info.toString();
    }
}

package dev.dovetail.test;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A server that belongs to one test, which may stop it, kill it and start it again. Close it, or it stays until the JVM
 * ends.
 *
 * <p>It keeps its port and its data over stop, kill and start. Thread-safe.
 */
public final class DedicatedPostgresServer extends PostgresServer implements AutoCloseable {

    private final ServerProcess process;

    DedicatedPostgresServer(ServerProcess process) {
        super(
                "PostgreSQL for one test: server binaries on port " + process.port(),
                new TestDatabases(process.superuser(), process::isRunning));
        this.process = process;
    }

    /** Starts it again and returns when it answers, recovery included. Does nothing if it runs. */
    public void start() {
        try {
            process.start();
        } catch (IOException ex) {
            throw new UncheckedIOException("Could not start the server again: " + ex.getMessage(), ex);
        }
    }

    /** Shuts it down in order: sessions are ended, their transactions rolled back. Does nothing if it is down. */
    public void stop() {
        try {
            process.stop();
        } catch (IOException ex) {
            throw new UncheckedIOException("Could not stop the server: " + ex.getMessage(), ex);
        }
    }

    /** Kills all its processes (SIGKILL), as a crash would. What was committed must be there after a start. */
    public void kill() {
        try {
            process.kill();
        } catch (IOException ex) {
            throw new UncheckedIOException("Could not kill the server: " + ex.getMessage(), ex);
        }
    }

    /** Whether its main process is alive. */
    public boolean isRunning() {
        return process.isRunning();
    }

    /** Kills it and deletes its data. */
    @Override
    public void close() {
        process.delete();
    }
}

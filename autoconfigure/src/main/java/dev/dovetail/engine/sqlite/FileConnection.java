package dev.dovetail.engine.sqlite;

import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.sqlite.jdbc4.JDBC4Connection;

/** A connection that tells when it has let go of its file. */
abstract class FileConnection extends JDBC4Connection {

    private static final AtomicIntegerFieldUpdater<FileConnection> CLOSING =
            AtomicIntegerFieldUpdater.newUpdater(FileConnection.class, "closing");

    // No initialiser: the constructor of the superclass already runs statements on this object.
    private volatile int closing;

    FileConnection(String url, String path, Properties properties) throws SQLException {
        super(url, path, properties);
    }

    @Override
    public void close() throws SQLException {
        CLOSING.incrementAndGet(this);
        try {
            super.close();
        } finally {
            CLOSING.decrementAndGet(this);
        }
    }

    /** Whether it has the file open no more. It is closed before: the last one to close then copies the log. */
    final boolean hasLetGo() {
        return closing == 0 && getDatabase().isClosed();
    }
}

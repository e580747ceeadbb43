package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.CopyProgress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Has a copy reach the disk while it grows. Otherwise the system writes all of it at once, when it has too much or at the end,
 * and a writer whose checkpoint waits for the same disk waits behind it.
 */
final class SteadyCopy implements CopyProgress, AutoCloseable {

    private static final long WAITING_BYTES = 8L << 20;

    private final Path copy;
    private final CopyProgress progress;
    private @Nullable FileChannel channel;
    private @Nullable IOException failure;
    private long flushed;

    SteadyCopy(Path copy, CopyProgress progress) {
        this.copy = copy;
        this.progress = progress;
    }

    @Override
    public void copied(long done, long total) {
        progress.copied(done, total);
        if (done - flushed >= WAITING_BYTES && failure == null) {
            flush();
            flushed = done;
        }
    }

    // The system tells of what it could not write only once, so it is kept until the driver has come back.
    private void flush() {
        try {
            FileChannel open = channel;
            if (open == null) {
                open = FileChannel.open(copy, StandardOpenOption.WRITE);
                channel = open;
            }
            open.force(false);
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * Only when SQLite has closed the copy: on closing, the system gives up every lock that this process has on the file.
     *
     * @throws SQLException if some of the copy did not reach the disk
     */
    @Override
    public void close() throws SQLException {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        if (failure != null) {
            throw new SQLException("The copy could not be written to the disk: " + failure.getMessage(), failure);
        }
    }
}

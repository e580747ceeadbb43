package dev.dovetail.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is being done at the moment; asked to end by other threads. */
final class RunningWork {

    private final String work;
    private final Instant startedAt;
    private final Consumer<BackupProgress> listener;
    private volatile BackupProgress progress;
    private volatile boolean cancelled;
    private int toldPercent = -1;
    private long stepBegan = System.nanoTime();

    RunningWork(String work, String name, Instant startedAt, Consumer<BackupProgress> listener) {
        this.work = work;
        this.startedAt = startedAt;
        this.listener = listener;
        this.progress = new BackupProgress(work, name, "preparing", 0, 0, startedAt, null);
    }

    BackupProgress progress() {
        return progress;
    }

    boolean isRestore() {
        return work.equals("restore");
    }

    void named(String name) {
        BackupProgress now = progress;
        progress = new BackupProgress(work, name, now.step(), now.done(), now.total(), startedAt, now.remaining());
    }

    void step(String step) {
        toldPercent = -1;
        stepBegan = System.nanoTime();
        change(step, 0, 0);
    }

    /** So much of the step is done; throws if somebody wants it to end. */
    void advanced(long done, long total) {
        if (cancelled) {
            throw new BackupException(BackupException.Reason.CANCELLED, "The " + work + " was cancelled");
        }
        change(progress.step(), done, total);
    }

    // A listener is told of what can be seen, not of every few pages.
    private void change(String step, long done, long total) {
        BackupProgress now =
                new BackupProgress(work, progress.name(), step, done, total, startedAt, remaining(done, total));
        progress = now;
        if (done == 0 || now.percent() != toldPercent) {
            toldPercent = now.percent();
            listener.accept(now);
        }
    }

    private @Nullable Duration remaining(long done, long total) {
        if (done <= 0 || total <= 0) {
            return null;
        }
        double nanosEach = (System.nanoTime() - stepBegan) / (double) done;
        return Duration.ofSeconds((long) (nanosEach * Math.max(0, total - done) / 1e9));
    }

    void cancel() {
        cancelled = true;
    }
}

package dev.dovetail.benchmarks.backup;

import dev.dovetail.benchmarks.backup.BackupResult.Writes;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/**
 * A client that changes rows at a steady pace. Ids are uniform.
 *
 * <p>What a write takes counts from the moment at which it was due: whoever comes while another one is held up waits, too,
 * and a client that sends less meanwhile would not notice.
 */
final class PacedWriter extends Thread {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    // A thread that sleeps wakes up later than it asked for, which is not the database's doing.
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final Map<String, Integer> errors = new TreeMap<>();
    private final LongConsumer write;
    private final int rows;
    private final long period;
    private final SplittableRandom random;
    private volatile boolean ended;
    private volatile long end;

    PacedWriter(LongConsumer write, int rows, int perSecond) {
        super("writer");
        setDaemon(true);
        this.write = write;
        this.rows = rows;
        this.period = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.random = new SplittableRandom(rows);
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        while (!ended || due - end < 0) {
            await(due);
            write(due);
            due += period;
        }
    }

    /** What was written; those that are due by now, too. */
    Writes end() throws InterruptedException {
        end = System.nanoTime();
        ended = true;
        join();
        return Writes.of(micros, errors);
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > AWAKE_NANOS) {
                LockSupport.parkNanos(left - AWAKE_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void write(long due) {
        try {
            write.accept(random.nextInt(rows) + 1L);
        } catch (RuntimeException ex) {
            errors.merge(ex.getClass().getSimpleName(), 1, Integer::sum);
        }
        micros.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due), LONGEST_MICROS));
    }
}

package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.dovetail.CachedUsers;
import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Updates one row after the other, each in a transaction of its own, until a moment, and one at least. */
final class Writer extends Thread {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    volatile @Nullable RuntimeException failure;

    private final CachedUsers users;
    private final long end;
    private final SplittableRandom random;

    Writer(CachedUsers users, long end, int seed) {
        super("writer-" + seed);
        this.users = users;
        this.end = end;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        try {
            do {
                long start = System.nanoTime();
                write(users, random.nextInt(WriteRun.ROWS) + 1L, 18 + random.nextInt(60));
                micros.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start), LONGEST_MICROS));
            } while (System.nanoTime() < end);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    static void write(CachedUsers users, long id, int age) {
        UserRow user = SampleUsers.stored(id);
        users.save(new UserRow(user.id(), user.email(), user.name(), age, user.createdAt()));
    }
}

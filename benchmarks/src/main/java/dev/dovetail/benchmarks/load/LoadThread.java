package dev.dovetail.benchmarks.load;

import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A client that sends one request after the other: four of five read, the fifth changes a row. Ids are uniform. */
final class LoadThread extends Thread {

    private static final int PERCENT_READS = 80;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    final Histogram reads = new Histogram(LONGEST_MICROS, 3);
    final Histogram writes = new Histogram(LONGEST_MICROS, 3);
    final TreeMap<String, Integer> errors = new TreeMap<>();

    private final LoadSubject subject;
    private final long end;
    private final SplittableRandom random;

    LoadThread(LoadSubject subject, long end, long seed) {
        super("load-" + seed);
        this.subject = subject;
        this.end = end;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        while (System.nanoTime() < end) {
            request();
        }
    }

    /** One request; its failure is counted and not thrown. */
    void request() {
        boolean reading = random.nextInt(100) < PERCENT_READS;
        long id = random.nextInt(LoadRun.ROWS) + 1L;
        long start = System.nanoTime();
        try {
            if (reading) {
                subject.read(id);
            } else {
                subject.increment(id);
            }
            record(reading ? reads : writes, start);
        } catch (RuntimeException ex) {
            errors.merge((reading ? "read: " : "write: ") + ex.getClass().getSimpleName(), 1, Integer::sum);
        }
    }

    private static void record(Histogram histogram, long start) {
        histogram.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start), LONGEST_MICROS));
    }
}

package dev.dovetail.benchmarks.hitrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Makes the traces, with fixed seeds. {@link Random} and not one of its successors, as its documentation says which
 * numbers follow from a seed.
 */
public final class TraceGenerator {

    static final int LENGTH = 180_000;

    private static final int LOOP = 1_100;
    private static final int KEYS = 100_000;
    private static final double EXPONENT = 0.9;
    private static final int BETWEEN_SCANS = 10_000;
    private static final int SCAN = 5_000;

    private TraceGenerator() {}

    /** Writes the files of all traces into a directory. */
    public static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Trace trace : Trace.values()) {
            TraceFormat.write(keys(trace), Files.newOutputStream(directory.resolve(trace.file())));
        }
    }

    static long[] keys(Trace trace) {
        Recorder recorder = new Recorder(LENGTH);
        switch (trace) {
            case LOOP -> loop(recorder);
            case ZIPF -> zipf(recorder);
            case SCAN_MIXED -> scanMixed(recorder);
            case DATABASE_LIKE -> new DatabaseLike(recorder).run();
        }
        return recorder.keys();
    }

    private static void loop(Recorder recorder) {
        for (int i = 0; !recorder.isFull(); i++) {
            recorder.add(i % LOOP);
        }
    }

    private static void zipf(Recorder recorder) {
        Zipf zipf = new Zipf(KEYS, EXPONENT, new Random(1));
        while (!recorder.isFull()) {
            recorder.add(zipf.next());
        }
    }

    private static void scanMixed(Recorder recorder) {
        Zipf zipf = new Zipf(KEYS, EXPONENT, new Random(2));
        int unseen = KEYS;
        while (!recorder.isFull()) {
            for (int i = 0; i < BETWEEN_SCANS; i++) {
                recorder.add(zipf.next());
            }
            for (int i = 0; i < SCAN; i++) {
                recorder.add(unseen++);
            }
        }
    }
}

package dev.dovetail.benchmarks.hitrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The keys that a cache is asked for, one after the other. They are read from files that came before the measuring. */
enum Trace {
    LOOP("loop", "1,100 keys in a circle"),
    ZIPF("zipf", "zipf with exponent 0.9 over 100,000 keys"),
    SCAN_MIXED("scan-mixed", "the same zipf, and after each 10,000 keys a scan of 5,000 that never come again"),
    DATABASE_LIKE("database-like", "index pages, rows of a shifting working set, range scans, bursts of new rows");

    private final String id;
    private final String description;

    Trace(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** The one with this id. */
    static Trace of(String id) {
        return Arrays.stream(values())
                .filter(trace -> trace.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No trace is called " + id));
    }

    String id() {
        return id;
    }

    String description() {
        return description;
    }

    String file() {
        return id + ".trace.gz";
    }

    /** Reads them from the file in the sources. */
    long[] keys() {
        try (InputStream file = Trace.class.getResourceAsStream("/traces/" + file())) {
            if (file == null) {
                throw new IllegalStateException("There is no file for the trace " + id);
            }
            return TraceFormat.read(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}

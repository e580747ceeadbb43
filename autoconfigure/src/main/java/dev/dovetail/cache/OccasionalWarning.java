package dev.dovetail.cache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A warning that is logged once a minute at most. Safe for use by several threads. */
final class OccasionalWarning {

    private static final Logger log = LoggerFactory.getLogger("dev.dovetail.cache");

    private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong last = new AtomicLong(System.nanoTime() - INTERVAL);

    void log(String message, Throwable cause) {
        long now = System.nanoTime();
        long before = last.get();
        if (now - before >= INTERVAL && last.compareAndSet(before, now)) {
            log.warn(message, cause);
        }
    }
}

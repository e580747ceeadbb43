package dev.dovetail.cache;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thread loads what others wait for. */
final class Flight {

    // Whoever waits longer may wait for something that waits for it.
    private static final long LONGEST_SECONDS = 30;

    private final CountDownLatch landed = new CountDownLatch(1);
    private volatile @Nullable CacheEntry entry;

    /** @param stored what was loaded and stored; null if nothing was */
    void land(@Nullable CacheEntry stored) {
        entry = stored;
        landed.countDown();
    }

    /** What was stored; null if nothing was, or if the wait took too long or was interrupted. */
    @Nullable
    CacheEntry await() {
        try {
            return landed.await(LONGEST_SECONDS, TimeUnit.SECONDS) ? entry : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}

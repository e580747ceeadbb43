package dev.dovetail.transaction;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** The waits of one unit of work, each kind growing by itself. */
final class Delays {

    private final RetrySettings settings;
    private final DoubleSupplier random;
    private final Map<Transience, Integer> taken = new EnumMap<>(Transience.class);

    /** @param random numbers from 0 until 1 */
    Delays(RetrySettings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /** How often it was waited because of this. */
    int taken(Transience reason) {
        return taken.getOrDefault(reason, 0);
    }

    /** How long to wait now. */
    Duration next(Transience reason) {
        boolean ofServer = reason == Transience.CONNECTION || reason == Transience.FAILOVER;
        Duration first = ofServer ? settings.retryDelay() : settings.contentionDelay();
        int before = taken.merge(reason, 1, Integer::sum) - 1;
        double grown = first.toNanos() * Math.pow(settings.multiplier(), before);
        double most = (double) settings.maxDelay().toNanos();
        double share = 1 + settings.jitter() * (2 * random.getAsDouble() - 1);
        return Duration.ofNanos((long) Math.min(most, Math.min(grown, most) * share));
    }
}

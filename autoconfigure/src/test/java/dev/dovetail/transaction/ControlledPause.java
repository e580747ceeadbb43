package dev.dovetail.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that only passes when somebody waits. */
final class ControlledPause implements Pause {

    private final List<Duration> waits = new ArrayList<>();
    private long nanos;
    private boolean interrupted;

    /** The waits there were. */
    List<Duration> waits() {
        return waits;
    }

    void interruptNext() {
        interrupted = true;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void of(Duration duration) throws InterruptedException {
        waits.add(duration);
        nanos += duration.toNanos();
        if (interrupted) {
            throw new InterruptedException("by the test");
        }
    }
}

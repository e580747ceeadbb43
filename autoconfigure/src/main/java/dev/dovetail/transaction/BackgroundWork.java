package dev.dovetail.transaction;

import dev.dovetail.coordination.Rounds;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * What is done in the background from the application's start to its end: delivering the outbox, undoing abandoned sagas. What is
 * being done at the end has five seconds before it is interrupted. Safe for use by several threads.
 */
public final class BackgroundWork implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Duration interval;
    private final Supplier<Optional<Rounds.Round>> work;
    private volatile @Nullable Rounds rounds;

    /**
     * @param name of the thread
     * @param work asked for at the start; empty if there is nothing to do in this application
     */
    public BackgroundWork(String name, Duration interval, Supplier<Optional<Rounds.Round>> work) {
        this.name = name;
        this.interval = interval;
        this.work = work;
    }

    @Override
    public void start() {
        work.get().ifPresent(round -> {
            Rounds started = new Rounds(name, interval, round);
            rounds = started;
            started.start();
        });
    }

    @Override
    public void stop() {
        Rounds running = rounds;
        rounds = null;
        if (running != null) {
            running.stop(PATIENCE);
        }
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }

    /** Asks for a round now. */
    public void wake() {
        Rounds running = rounds;
        if (running != null) {
            running.wake();
        }
    }
}

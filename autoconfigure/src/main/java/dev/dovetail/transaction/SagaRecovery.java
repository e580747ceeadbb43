package dev.dovetail.transaction;

import dev.dovetail.coordination.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes abandoned sagas, tells of those that nobody here knows, and removes those that ended long ago. Used by one thread.
 */
public final class SagaRecovery implements Rounds.Round {

    private static final Logger log = LoggerFactory.getLogger(SagaRecovery.class);

    private static final long TELLS_EVERY = Duration.ofHours(1).toNanos();

    private final SagaRunner runner;
    private final List<Saga<?>> sagas;
    private final Duration retention;
    private long told = System.nanoTime() - TELLS_EVERY;

    /**
     * @param sagas those that are known here
     * @param retention how long sagas that have ended are kept; zero for ever
     */
    public SagaRecovery(SagaRunner runner, List<Saga<?>> sagas, Duration retention) {
        this.runner = runner;
        this.sagas = List.copyOf(sagas);
        this.retention = retention;
    }

    @Override
    public void run(BooleanSupplier goesOn) {
        runner.recover(sagas, goesOn);
        tellOfOthers();
        boolean more = !retention.isZero();
        while (more && goesOn.getAsBoolean()) {
            more = runner.removesEnded(retention);
        }
    }

    private void tellOfOthers() {
        if (System.nanoTime() - told < TELLS_EVERY) {
            return;
        }
        told = System.nanoTime();
        List<String> names =
                runner.abandonedOthers(sagas.stream().map(Saga::name).toList());
        if (!names.isEmpty()) {
            log.error(
                    "There are abandoned sagas {} that no bean of this application defines, so that it cannot undo them: define"
                            + " them again until they are undone",
                    names);
        }
    }
}

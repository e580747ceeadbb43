package dev.dovetail.actuator;

import dev.dovetail.engine.DatabaseInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the database says of itself, for those who do not wait for it as long as a pool waits for a connection. Whoever asks while
 * another still waits shares its answer, so that it takes one thread and one connection at most. Safe for use by several threads.
 */
final class BriefQuestion {

    private static final Logger log = LoggerFactory.getLogger(BriefQuestion.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<DatabaseInfo> question;
    private @Nullable FutureTask<DatabaseInfo> asked;

    BriefQuestion(Supplier<DatabaseInfo> question) {
        this.question = question;
    }

    /** Empty if it does not answer, or not now. */
    Optional<DatabaseInfo> answer() {
        try {
            return Optional.of(current().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            log.debug("The database does not say what it is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private synchronized FutureTask<DatabaseInfo> current() {
        FutureTask<DatabaseInfo> current = asked;
        if (current == null || current.isDone()) {
            current = new FutureTask<>(question::get);
            asked = current;
            Thread thread = new Thread(current, "dovetail-about");
            thread.setDaemon(true);
            thread.start();
        }
        return current;
    }
}

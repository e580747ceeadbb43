package dev.dovetail.test;

import dev.dovetail.test.PostgresSource.Attempt;
import dev.dovetail.test.PostgresSource.Started;
import dev.dovetail.test.PostgresSource.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Which server the tests use: the first source that has one.
 *
 * @param started the server, or null if no source had one
 * @param refusals why each source asked before has none, in order
 */
record PostgresDecision(@Nullable Started started, List<Unavailable> refusals) {

    private static final String MODE_PROPERTY = "dovetail.test.postgresql";

    static PostgresDecision among(List<PostgresSource> sources) {
        List<Unavailable> refusals = new ArrayList<>();
        for (PostgresSource source : sources) {
            Attempt attempt = source.attempt();
            if (attempt instanceof Started started) {
                return new PostgresDecision(started, refusals);
            }
            refusals.add((Unavailable) attempt);
        }
        return new PostgresDecision(null, refusals);
    }

    /**
     * The server.
     *
     * @throws IllegalStateException if there is none
     * @throws org.opentest4j.TestAbortedException if there is none and the tests that need one are to be skipped
     */
    Started startedOrFail(Properties properties) {
        if (started != null) {
            return started;
        }
        String missing = "No PostgreSQL for the tests: " + reasons();
        if ("skip".equals(properties.getProperty(MODE_PROPERTY))) {
            Assumptions.abort(missing);
        }
        IllegalStateException failure = new IllegalStateException(missing + ". Give a server by -D"
                + GivenServer.URL_PROPERTY + "=jdbc:postgresql://…, start Docker, or add "
                + ServerBinaries.artifact() + " to the test class path. -D" + MODE_PROPERTY
                + "=skip skips these tests instead.");
        refusals.stream().map(Unavailable::cause).forEach(cause -> {
            if (cause != null) {
                failure.addSuppressed(cause);
            }
        });
        throw failure;
    }

    /** Why the sources asked before have none, in one line. */
    String reasons() {
        return refusals.stream().map(Unavailable::reason).collect(Collectors.joining("; "));
    }
}

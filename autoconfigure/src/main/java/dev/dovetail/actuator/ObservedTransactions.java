package dev.dovetail.actuator;

import dev.dovetail.transaction.TransactionObserver;
import dev.dovetail.transaction.TransactionOutcome;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Observes each transaction as {@code dovetail.transaction}, with its name, whether it only reads, and how it ended. Safe for
 * use by several threads.
 */
public final class ObservedTransactions implements TransactionObserver {

    // An application has as many as it has methods that begin one. Names made at run time get no meter each.
    private static final int MOST_NAMES = 100;
    private static final String OTHER = "other";

    // As Spring names a transaction after the method that begins it.
    private static final Pattern METHOD = Pattern.compile("(?:[a-z_]\\w*\\.)+([A-Z][\\w$]*\\.\\w+)");

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private volatile @Nullable ObservationRegistry registry;

    /** Observes from now on. */
    public void startObserving(ObservationRegistry observing) {
        registry = observing;
    }

    @Override
    public Consumer<TransactionOutcome> onBegin(String name, boolean readOnly) {
        ObservationRegistry observing = registry;
        return observing == null || observing.isNoop()
                ? NONE.onBegin(name, readOnly)
                : new Observed(observing, bounded(name), readOnly);
    }

    private String bounded(String name) {
        if (name.isEmpty()) {
            return KeyValue.NONE_VALUE;
        }
        String known = names.get(name);
        if (known == null && names.size() < MOST_NAMES) {
            return names.computeIfAbsent(name, ObservedTransactions::withoutPackage);
        }
        return known == null ? OTHER : known;
    }

    private static String withoutPackage(String name) {
        Matcher method = METHOD.matcher(name);
        return method.matches() ? method.group(1) : name;
    }

    /** One of them. */
    private static final class Observed implements Consumer<TransactionOutcome> {

        private final ObservationRegistry observing;
        private final Ending ending = new Ending();
        private final Observation observation;
        private final Observation.Scope scope;

        Observed(ObservationRegistry observing, String name, boolean readOnly) {
            leaveEnded(observing);
            this.observing = observing;
            this.observation = Observation.createNotStarted("dovetail.transaction", () -> ending, observing)
                    .contextualName(name.equals(KeyValue.NONE_VALUE) ? "transaction" : "transaction " + name)
                    .lowCardinalityKeyValue("name", name)
                    .lowCardinalityKeyValue("access", readOnly ? "read-only" : "read-write")
                    .start();
            this.scope = observation.openScope();
        }

        @Override
        public void accept(TransactionOutcome outcome) {
            ending.ended = true;
            // Who ends a transaction by hand may be in an observation of his own by then, which does not end with it.
            if (observing.getCurrentObservationScope() == scope) {
                scope.close();
            }
            observation
                    .lowCardinalityKeyValue("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .stop();
        }

        // It came back to the thread when what was in it was closed after it, and would be around what follows.
        private static void leaveEnded(ObservationRegistry observing) {
            Observation.Scope current = observing.getCurrentObservationScope();
            while (current != null && isEnded(current.getCurrentObservation())) {
                current.close();
                current = observing.getCurrentObservationScope();
            }
        }

        private static boolean isEnded(Observation observation) {
            return observation.getContext() instanceof Ending ending && ending.ended;
        }
    }

    /** Knows whether its transaction has ended. */
    private static final class Ending extends Observation.Context {

        private volatile boolean ended;
    }
}

package dev.dovetail.contract.monitoring;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Tells what ended in what, and does to the log's context what tracing does. */
final class Tracing implements ObservationHandler<Observation.Context>, ObservationPredicate {

    static final String KEY = "traceId";
    static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final String TRANSACTION = "dovetail.transaction";

    private final List<String> ended = new CopyOnWriteArrayList<>();
    // It is only asked on the thread of the test.
    private final List<@Nullable String> outer = new ArrayList<>();
    private volatile boolean failing;
    private volatile boolean refusing;

    /** What ended, in what it was, in this order; of a transaction also its tags, by the order of their keys. */
    List<String> ended() {
        return ended;
    }

    /** Throws when a transaction is to be observed. */
    void fail(boolean now) {
        failing = now;
    }

    /** Has no transaction observed. */
    void refuse() {
        refusing = true;
    }

    @Override
    public boolean test(String name, Observation.Context context) {
        return !refusing || !TRANSACTION.equals(name);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }

    @Override
    public void onStart(Observation.Context context) {
        if (failing && TRANSACTION.equals(context.getName())) {
            throw new IllegalStateException("no handler");
        }
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
        outer.add(MDC.get(KEY));
        MDC.put(KEY, ID);
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
        String before = outer.remove(outer.size() - 1);
        if (before == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, before);
        }
    }

    @Override
    public void onStop(Observation.Context context) {
        boolean transaction = TRANSACTION.equals(context.getName());
        String tags = transaction ? ": " + tags(context) + "," : "";
        String outside = outside(context.getParentObservation());
        ended.add(title(context) + (outside.isEmpty() ? tags.replaceAll(",$", "") : tags + outside));
    }

    // What is not to be observed has no name.
    private static String outside(@Nullable ObservationView parent) {
        return parent == null || parent.getContextView().getName() == null
                ? ""
                : " in " + title(parent.getContextView());
    }

    private static String title(Observation.ContextView context) {
        String contextual = context.getContextualName();
        return contextual != null ? contextual : String.valueOf(context.getName());
    }

    private static String tags(Observation.Context context) {
        return context.getLowCardinalityKeyValues().stream()
                .map(KeyValue::getValue)
                .collect(Collectors.joining(", "));
    }
}

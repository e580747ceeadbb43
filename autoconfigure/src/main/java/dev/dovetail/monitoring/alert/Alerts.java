package dev.dovetail.monitoring.alert;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthListener;
import dev.dovetail.monitoring.health.HealthReport;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One alert for each rule and subject, however often the rule finds the same: raised when it has been found often enough, over
 * when it has not been found for long enough, and not raised again soon after that. Safe for use by several threads.
 */
public final class Alerts implements HealthListener {

    // Whatever rules find, memory stays bounded; those that are active are never forgotten.
    private static final int MOST_WATCHED = 10_000;

    private final AlertSettings settings;
    private final Clock clock;
    private final Consumer<AlertEvent> told;
    private final Map<String, Watch> watches = new LinkedHashMap<>();
    private final Deque<Alert> history = new ArrayDeque<>();
    private final Map<Severity, Long> raised = new EnumMap<>(Severity.class);

    /** @param told is told of each alert, in order, one at a time; must be quick */
    public Alerts(AlertSettings settings, Clock clock, Consumer<AlertEvent> told) {
        this.settings = settings;
        this.clock = clock;
        this.told = told;
    }

    static String id(Finding finding) {
        return finding.rule() + ":" + finding.subject();
    }

    @Override
    public synchronized void onReport(HealthReport report) {
        Instant now = report.evaluatedAt();
        Map<String, Finding> found = report.findings().stream()
                .collect(Collectors.toMap(Alerts::id, each -> each, (worse, other) -> worse, LinkedHashMap::new));
        found.forEach((id, finding) -> found(id, finding, now));
        watches.forEach((id, watch) -> {
            if (!found.containsKey(id) && !isUnknown(watch, report.unanswered())) {
                tell(watch.missed(now));
            }
        });
        watches.values().removeIf(watch -> watch.isForgotten(now));
    }

    // What a rule that could not look has found before is neither there nor over.
    private static boolean isUnknown(Watch watch, Set<String> unanswered) {
        return unanswered.contains(watch.rule());
    }

    private void found(String id, Finding finding, Instant now) {
        Watch known = watches.get(id);
        if (known == null) {
            if (watches.size() >= MOST_WATCHED) {
                return;
            }
            known = new Watch(settings, finding, now);
            watches.put(id, known);
        }
        tell(known.found(finding, now));
    }

    private void tell(@Nullable AlertEvent event) {
        if (event == null) {
            return;
        }
        if (event instanceof AlertRaised rise && !rise.again()) {
            raised.merge(rise.alert().severity(), 1L, Long::sum);
        } else if (event instanceof AlertResolved end) {
            remember(end.alert());
        }
        told.accept(event);
    }

    private void remember(Alert over) {
        history.addFirst(over);
        while (history.size() > settings.history()) {
            history.removeLast();
        }
    }

    /**
     * Says that an alert is over. If its rule goes on finding it, it is raised again after the cool-down.
     *
     * @return it as it was; empty if there is none of this id that is active
     */
    public synchronized Optional<Alert> resolve(String id) {
        Watch watch = watches.get(id);
        AlertEvent end = watch == null ? null : watch.resolve(clock.instant(), Alert.Resolution.BY_HAND);
        tell(end);
        return Optional.ofNullable(end).map(AlertEvent::alert);
    }

    /** Those that are not over, the worst first, of these the oldest first. */
    public synchronized List<Alert> active() {
        return watches.values().stream()
                .map(Watch::alert)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Alert::severity).reversed().thenComparing(Alert::raisedAt))
                .toList();
    }

    /** Those that are over, the last first. */
    public synchronized List<Alert> history() {
        return new ArrayList<>(history);
    }

    /** How many were raised with this severity since the start. */
    public synchronized long raised(Severity severity) {
        return raised.getOrDefault(severity, 0L);
    }
}

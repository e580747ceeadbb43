package dev.dovetail.actuator;

import dev.dovetail.monitoring.health.HealthHistory;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last hour: what statements did, minute by minute, and the numbers of each evaluation of health. */
public final class HistorySection implements EndpointSection {

    private final @Nullable StatementStatistics statistics;
    private final HealthHistory history;
    private final Clock clock;

    /**
     * @param statistics null if statements are not watched
     * @param clock by which the minutes go, and which whoever draws them may not have
     */
    public HistorySection(@Nullable StatementStatistics statistics, HealthHistory history, Clock clock) {
        this.statistics = statistics;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public Map<String, Object> show() {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("now", clock.instant());
        section.put(
                "minutes",
                statistics == null
                        ? List.of()
                        : statistics.minutes().stream()
                                .map(QueriesSection::minute)
                                .toList());
        section.put("evaluations", history.samples());
        return section;
    }
}

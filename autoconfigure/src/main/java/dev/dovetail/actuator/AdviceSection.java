package dev.dovetail.actuator;

import dev.dovetail.monitoring.advice.Advice;
import dev.dovetail.monitoring.advice.AdviceReport;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.advice.Evidence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What would make the database better, as it was found last, and looking for it anew. */
public final class AdviceSection implements EndpointSection {

    // Below what proxies and clients wait for an answer.
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ACCEPTED = 202;

    private final Advisor advisor;

    public AdviceSection(Advisor advisor) {
        this.advisor = advisor;
    }

    @Override
    public String name() {
        return "advice";
    }

    @Override
    public Map<String, Object> show() {
        return shown(advisor.last().orElse(null));
    }

    @Override
    public List<EndpointAction> actions() {
        return List.of(new EndpointAction("advise", parameters -> advise()));
    }

    private Object advise() {
        try {
            AdviceReport report = advisor.advise(PATIENCE).orElse(null);
            return report != null ? shown(report) : new WebEndpointResponse<>(show(), ACCEPTED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WebEndpointResponse<>(show(), ACCEPTED);
        }
    }

    private Map<String, Object> shown(@Nullable AdviceReport report) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("running", advisor.isRunning());
        if (report != null) {
            section.put("startedAt", report.startedAt());
            section.put("duration", report.duration());
            section.put("statements", report.statements());
            section.put("problems", report.problems());
        }
        section.put(
                "advice",
                report == null
                        ? List.of()
                        : report.advice().stream().map(AdviceSection::advice).toList());
        return section;
    }

    private static Map<String, Object> advice(Advice advice) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", advice.id());
        shown.put("kind", advice.kind());
        shown.put("subject", advice.subject());
        shown.put("severity", advice.severity());
        shown.put("text", advice.text());
        put(shown, "sql", advice.sql());
        Evidence evidence = advice.evidence();
        put(shown, "evidence", evidence == null ? null : evidence(evidence));
        return shown;
    }

    private static Map<String, Object> evidence(Evidence evidence) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("planBefore", evidence.planBefore());
        shown.put("planAfter", evidence.planAfter());
        put(shown, "costBefore", evidence.costBefore());
        put(shown, "costAfter", evidence.costAfter());
        shown.put("method", evidence.method());
        shown.put("statements", evidence.statements());
        return shown;
    }

    private static void put(Map<String, Object> section, String name, @Nullable Object value) {
        if (value != null) {
            section.put(name, value);
        }
    }
}

package dev.dovetail.actuator;

import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the rules of health found last. */
public final class HealthSection implements EndpointSection {

    private final HealthMonitor monitor;

    public HealthSection(HealthMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public Map<String, Object> show() {
        HealthReport report = monitor.report();
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("status", report.status());
        section.put("evaluatedAt", report.evaluatedAt());
        section.put("evaluations", monitor.evaluations());
        section.put(
                "findings",
                report.findings().stream().map(HealthSection::finding).toList());
        section.put("unanswered", report.unanswered());
        section.put("metrics", report.metrics());
        return section;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("rule", finding.rule());
        shown.put("subject", finding.subject());
        shown.put("severity", finding.severity());
        shown.put("effect", finding.effect());
        shown.put("text", finding.text());
        shown.put("recommendation", finding.recommendation());
        if (finding.measured() != null) {
            shown.put("measured", finding.measured());
        }
        if (finding.threshold() != null) {
            shown.put("threshold", finding.threshold());
        }
        return shown;
    }
}

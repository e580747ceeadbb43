package dev.dovetail.actuator;

import dev.dovetail.monitoring.alert.Alert;
import dev.dovetail.monitoring.alert.Alerts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** The alerts that are active, and those that are over. */
public final class AlertSection implements EndpointSection {

    private final Alerts alerts;

    public AlertSection(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public Map<String, Object> show() {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("active", alerts.active().stream().map(AlertSection::shown).toList());
        section.put(
                "history", alerts.history().stream().map(AlertSection::shown).toList());
        return section;
    }

    private static Map<String, Object> shown(Alert alert) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", alert.id());
        shown.put("rule", alert.rule());
        shown.put("subject", alert.subject());
        shown.put("severity", alert.severity());
        shown.put("text", alert.text());
        shown.put("recommendation", alert.recommendation());
        put(shown, "measured", alert.measured());
        put(shown, "threshold", alert.threshold());
        shown.put("count", alert.count());
        shown.put("firstSeen", alert.firstSeen());
        shown.put("raisedAt", alert.raisedAt());
        shown.put("lastSeen", alert.lastSeen());
        put(shown, "resolvedAt", alert.resolvedAt());
        put(shown, "resolution", alert.resolution());
        return shown;
    }

    private static void put(Map<String, Object> shown, String name, @Nullable Object value) {
        if (value != null) {
            shown.put(name, value);
        }
    }

    @Override
    public List<EndpointAction> actions() {
        return List.of(new EndpointAction("resolve-alert", parameters -> resolve(parameters.get("name"))));
    }

    private Object resolve(@Nullable String id) {
        if (id == null) {
            String problem = "Which alert? Send {\"name\": \"<id>\"}; section 'alerts' lists the ids";
            throw new InvalidEndpointRequestException(problem, problem);
        }
        Optional<Alert> resolved = alerts.resolve(id);
        if (resolved.isPresent()) {
            return Map.of("resolved", shown(resolved.get()));
        }
        return new WebEndpointResponse<>(
                Map.of("error", "No alert of this id is active: " + id), WebEndpointResponse.STATUS_NOT_FOUND);
    }
}

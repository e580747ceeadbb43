package dev.dovetail.monitoring.alert;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** An event as JSON. A library for it need not be there. */
final class AlertJson {

    private AlertJson() {}

    static String of(AlertEvent event, String source) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("type", event instanceof AlertResolved ? "alert.resolved" : "alert.raised");
        members.put("source", source);
        Alert alert = event.alert();
        members.put("id", alert.id());
        members.put("rule", alert.rule());
        members.put("subject", alert.subject());
        members.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
        members.put("text", alert.text());
        members.put("recommendation", alert.recommendation());
        members.put("measured", alert.measured());
        members.put("threshold", alert.threshold());
        members.put("count", alert.count());
        members.put("firstSeen", alert.firstSeen().toString());
        members.put("raisedAt", alert.raisedAt().toString());
        members.put("lastSeen", alert.lastSeen().toString());
        if (alert.resolvedAt() != null) {
            members.put("resolvedAt", alert.resolvedAt().toString());
            members.put("resolution", String.valueOf(alert.resolution()).toLowerCase(Locale.ROOT));
        }
        return object(members);
    }

    private static String object(Map<String, @Nullable Object> members) {
        StringJoiner out = new StringJoiner(",", "{", "}");
        members.forEach((name, value) -> {
            if (value != null) {
                out.add(quoted(name) + ":" + (value instanceof String text ? quoted(text) : value));
            }
        });
        return out.toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}

package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.TrialPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code EXPLAIN (FORMAT JSON)} line by line: the server writes one property to a line, and those of a node before the nodes
 * below it.
 */
final class JsonPlan {

    private final Map<String, IndexCandidate> tried;
    private final Set<String> scanned = new HashSet<>();
    private final Set<String> walked = new HashSet<>();
    private final Set<IndexCandidate> used = new LinkedHashSet<>();
    private Map<String, String> node = new HashMap<>();
    private @Nullable Double cost;
    private boolean sorts;

    private JsonPlan(Map<String, IndexCandidate> tried) {
        this.tried = tried;
    }

    /**
     * @param text the same plan for people
     * @param tried by the names in the plan
     */
    static TrialPlan read(String json, String text, Map<String, IndexCandidate> tried) {
        JsonPlan plan = new JsonPlan(tried);
        json.lines().map(String::strip).forEach(plan::add);
        plan.end();
        return new TrialPlan(
                plan.cost, plan.scanned, plan.walked, plan.sorts, List.copyOf(plan.used), plan.named(text));
    }

    private void add(String line) {
        int colon = line.indexOf("\": ");
        if (!line.startsWith("\"") || colon < 0) {
            return;
        }
        String property = line.substring(1, colon);
        if (property.equals("Node Type")) {
            end();
        }
        node.put(property, value(line.substring(colon + 3)));
    }

    private static String value(String json) {
        String value = json.endsWith(",") ? json.substring(0, json.length() - 1) : json;
        boolean quoted = value.length() > 1 && value.startsWith("\"");
        return quoted
                ? value.substring(1, value.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : value;
    }

    private void end() {
        String type = node.getOrDefault("Node Type", "");
        String table = node.getOrDefault("Relation Name", "");
        if (cost == null && node.containsKey("Total Cost")) {
            cost = Double.valueOf(node.get("Total Cost"));
        }
        sorts |= type.equals("Sort") || type.equals("Incremental Sort");
        if (type.equals("Seq Scan")) {
            scanned.add(table);
        } else if (type.startsWith("Index ") && !node.containsKey("Index Cond")) {
            walked.add(table);
        }
        IndexCandidate candidate = tried.get(node.getOrDefault("Index Name", ""));
        if (candidate != null) {
            used.add(candidate);
        }
        node = new HashMap<>();
    }

    // An index has the name here that it is going to have.
    private String named(String text) {
        String named = text;
        for (Map.Entry<String, IndexCandidate> index : tried.entrySet()) {
            named = named.replace(
                    ' ' + index.getKey() + ' ', ' ' + index.getValue().suggestedName() + ' ');
            named = named.replace('"' + index.getKey() + '"', index.getValue().suggestedName());
        }
        return named;
    }
}

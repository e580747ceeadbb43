package dev.dovetail.monitoring.advice;

import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.TrialPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An index that the planner would use.
 *
 * @param index what is missing
 * @param before the plan of the first statement with what exists
 * @param after its plan with the index, and with others if it needs several
 * @param method on what the plans were made
 * @param statements those that it is for, the one that took the longest in all first
 */
record ProvenIndex(
        IndexCandidate index, TrialPlan before, TrialPlan after, String method, List<ObservedStatement> statements) {

    long totalNanos() {
        return statements.stream().mapToLong(ObservedStatement::totalNanos).sum();
    }

    /** With the statements of another one, for which this one does as well. */
    ProvenIndex also(ProvenIndex other) {
        List<ObservedStatement> all = new ArrayList<>(statements);
        other.statements.stream().filter(each -> !all.contains(each)).forEach(all::add);
        all.sort(Comparator.comparingLong(ObservedStatement::totalNanos).reversed());
        ProvenIndex first = statements.contains(all.get(0)) ? this : other;
        return new ProvenIndex(index, first.before, first.after, first.method, all);
    }

    /** One for each index, and none that is only the beginning of another; what saves most comes first. */
    static List<ProvenIndex> merged(List<ProvenIndex> proven) {
        List<ProvenIndex> merged = new ArrayList<>();
        List<ProvenIndex> longestFirst = proven.stream()
                .sorted(Comparator.comparingInt(each -> -each.index.columns().size()))
                .toList();
        for (ProvenIndex each : longestFirst) {
            ProvenIndex other = merged.stream()
                    .filter(known -> each.index.isPrefixOf(known.index))
                    .findFirst()
                    .orElse(null);
            if (other == null) {
                merged.add(each);
            } else {
                merged.set(merged.indexOf(other), other.also(each));
            }
        }
        merged.sort(Comparator.comparingLong(ProvenIndex::totalNanos).reversed());
        return merged;
    }
}

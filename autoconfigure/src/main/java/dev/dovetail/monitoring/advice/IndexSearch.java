package dev.dovetail.monitoring.advice;

import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.IndexCandidate.Column;
import dev.dovetail.engine.PlanTrial;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.engine.TrialPlan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the indexes that one statement lacks. All that might help are tried at once, and the planner takes its choice; what it can
 * do without, and columns that gain nothing, are taken away again.
 */
final class IndexSearch {

    // A row found by way of an index costs about twice as much as one that is read in passing.
    private static final double ROWS_BY_INDEX = 2;
    // PgHero's: so many rows are read as fast as one.
    private static final double FEW_ROWS = 50;
    private static final double ALIKE = 1.1;
    private static final int MOST_ROUNDS = 4;

    private final PlanTrial trial;
    private final ReadStatement statement;
    private final CandidateIndexes candidates;
    private final AdviceLimits limits;
    private final Map<String, TableInfo> tables = new HashMap<>();

    IndexSearch(PlanTrial trial, ReadStatement statement, AdviceLimits limits) {
        this.trial = trial;
        this.statement = statement;
        this.candidates = CandidateIndexes.of(statement);
        this.limits = limits;
        statement.tables().values().forEach(table -> tables.put(table.name(), table));
    }

    /** The indexes with which the statement would be run otherwise, and how; none if it needs none. */
    List<ProvenIndex> run(ObservedStatement observed) throws SQLException {
        TrialPlan before = trial.plan(List.of());
        if (readThrough(before).isEmpty() || isCheap(before)) {
            return List.of();
        }
        List<IndexCandidate> chosen = chosen(before);
        if (chosen.isEmpty()) {
            return List.of();
        }
        TrialPlan after = trial.plan(chosen);
        return improves(before, after) && after.used().containsAll(chosen)
                ? chosen.stream()
                        .map(index -> new ProvenIndex(index, before, after, trial.method(), List.of(observed)))
                        .toList()
                : List.of();
    }

    // With all of them at hand the planner may take a wide one for two things, where two narrow ones are good at one
    // each.
    private List<IndexCandidate> chosen(TrialPlan before) throws SQLException {
        List<IndexCandidate> all = candidates.all();
        List<IndexCandidate> narrow =
                all.stream().filter(index -> index.columns().size() == 1).toList();
        for (List<IndexCandidate> tried : List.of(all, narrow)) {
            List<IndexCandidate> chosen = settled(tried);
            if (!chosen.isEmpty() && improves(before, trial.plan(chosen))) {
                return narrowed(necessary(selective(chosen, before)));
            }
        }
        return List.of();
    }

    private List<IndexCandidate> settled(List<IndexCandidate> indexes) throws SQLException {
        List<IndexCandidate> chosen = indexes;
        for (int round = 0; round < MOST_ROUNDS && !chosen.isEmpty(); round++) {
            List<IndexCandidate> used = trial.plan(chosen).used();
            if (used.size() == chosen.size()) {
                return used;
            }
            chosen = used;
        }
        return chosen;
    }

    // Where the planner says nothing of costs, it may take an index that leads to half of the table.
    private List<IndexCandidate> selective(List<IndexCandidate> chosen, TrialPlan before) throws SQLException {
        List<IndexCandidate> selective = new ArrayList<>();
        for (IndexCandidate index : chosen) {
            int equal = candidates.equalColumns(index);
            boolean ordered = statement.columns().limited() && before.sorts();
            double found = equal == 0 || ordered
                    ? -1
                    : trial.rowsPerKey(index.over(index.columns().subList(0, equal)));
            if (found * ROWS_BY_INDEX <= rows(index.table()) * (1 - limits.saving())) {
                selective.add(index);
            }
        }
        return selective.equals(chosen) ? chosen : settled(selective);
    }

    private List<IndexCandidate> necessary(List<IndexCandidate> chosen) throws SQLException {
        List<IndexCandidate> necessary = chosen;
        for (IndexCandidate index : chosen) {
            if (necessary.size() > 1) {
                List<IndexCandidate> others = new ArrayList<>(necessary);
                others.remove(index);
                TrialPlan without = trial.plan(others);
                necessary = isAsGood(without, trial.plan(necessary)) ? others : necessary;
            }
        }
        return necessary;
    }

    private List<IndexCandidate> narrowed(List<IndexCandidate> chosen) throws SQLException {
        List<IndexCandidate> narrowed = new ArrayList<>(chosen);
        for (int i = 0; i < narrowed.size(); i++) {
            for (IndexCandidate narrow : narrower(narrowed.get(i))) {
                if (isEnough(narrow, i, narrowed)) {
                    narrowed.set(i, narrow);
                    break;
                }
            }
        }
        return narrowed;
    }

    private static Set<IndexCandidate> narrower(IndexCandidate wide) {
        Set<IndexCandidate> narrower = new LinkedHashSet<>();
        int columns = wide.columns().size();
        if (columns > 1) {
            wide.columns().forEach(column -> narrower.add(wide.over(List.of(Column.of(column.name())))));
        }
        for (int first = 2; first < columns; first++) {
            narrower.add(wide.over(wide.columns().subList(0, first)));
        }
        return narrower;
    }

    private boolean isEnough(IndexCandidate narrow, int place, List<IndexCandidate> chosen) throws SQLException {
        TableInfo table = tables.get(narrow.table());
        if (table == null || candidates.exists(table, narrow)) {
            return false;
        }
        List<IndexCandidate> others = new ArrayList<>(chosen);
        others.set(place, narrow);
        TrialPlan wide = trial.plan(chosen);
        TrialPlan plan = trial.plan(others);
        if (!plan.used().contains(narrow) || !readThrough(wide).containsAll(readThrough(plan))) {
            return false;
        }
        return leadsToFewRows(narrow) || (plan.cost() != null && (isAsGood(plan, wide) || isCheapSearch(plan, wide)));
    }

    private boolean leadsToFewRows(IndexCandidate index) throws SQLException {
        double found = trial.rowsPerKey(index);
        return candidates.equalColumns(index) == index.columns().size() && found >= 0 && found <= FEW_ROWS;
    }

    private boolean isCheapSearch(TrialPlan plan, TrialPlan wide) {
        Double cost = plan.cost();
        return cost != null
                && cost / trial.share() <= limits.cost() * (1 - limits.saving())
                && wide.walked().containsAll(plan.walked());
    }

    private boolean isAsGood(TrialPlan plan, TrialPlan other) {
        Double cost = plan.cost();
        Double otherCost = other.cost();
        boolean cheap = cost == null || otherCost == null || cost <= otherCost * ALIKE;
        boolean sorts = cost == null && plan.sorts() && !other.sorts();
        return cheap && !sorts && readThrough(other).containsAll(readThrough(plan));
    }

    private boolean isCheap(TrialPlan plan) {
        Double cost = plan.cost();
        return cost != null && cost / trial.share() < limits.cost();
    }

    private boolean improves(TrialPlan before, TrialPlan after) {
        Set<String> left = readThrough(after);
        Set<String> all = readThrough(before);
        Double costBefore = before.cost();
        Double costAfter = after.cost();
        boolean saves = costBefore == null || costAfter == null || costAfter <= costBefore * (1 - limits.saving());
        return saves && left.size() < all.size() && all.containsAll(left);
    }

    /**
     * The tables worth speaking of that are read from end to end. In the order of an index one may stop early; without an order
     * the index only stands for the table, because it is smaller.
     */
    private Set<String> readThrough(TrialPlan plan) {
        Set<String> tables = new HashSet<>(plan.scanned());
        boolean ordered = !statement.columns().sorted().isEmpty() && !plan.sorts();
        if (!statement.columns().limited() || !ordered) {
            tables.addAll(plan.walked());
        }
        tables.removeIf(table -> rows(table) < limits.rows());
        return tables;
    }

    // To count the rows of a view would mean to run it.
    private long rows(String name) {
        TableInfo table = tables.get(name);
        try {
            return table == null || table.view() ? 0 : trial.rows(table);
        } catch (SQLException e) {
            return 0;
        }
    }
}

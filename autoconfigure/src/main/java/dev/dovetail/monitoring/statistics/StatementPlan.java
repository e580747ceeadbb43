package dev.dovetail.monitoring.statistics;

import java.util.List;

/**
 * How the database would run a statement, as it said when that was slow for the first time.
 *
 * @param fullScan whether it reads some table from end to end, not by way of an index
 * @param indexes the names of the indexes it uses
 * @param text the plan without values
 */
public record StatementPlan(boolean fullScan, List<String> indexes, String text) {

    public StatementPlan {
        indexes = List.copyOf(indexes);
    }
}

package dev.dovetail.engine;

import java.util.List;

/**
 * How the database would run a query now, with the data and statistics it has.
 *
 * @param fullScan whether it reads some table from end to end, not by way of an index
 * @param indexes the names of the indexes it uses, in the order of the plan, each once
 * @param raw the plan in the engine's own words; it may quote the query's values
 */
public record QueryPlan(boolean fullScan, List<String> indexes, String raw) {

    public QueryPlan {
        indexes = List.copyOf(indexes);
    }
}

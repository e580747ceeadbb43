package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.IndexCandidate;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Indexes that exist for one transaction only, for its planner alone. */
interface TriedIndexes {

    /** Has these, and no others, be there for the next plan; by the names they have in it. */
    Map<String, IndexCandidate> use(List<IndexCandidate> indexes) throws SQLException;

    /** The share of the tables' rows they are over. */
    double share();

    /** What they are, in a few words. */
    String method();
}

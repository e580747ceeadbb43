package dev.dovetail.engine;

import java.sql.SQLException;
import java.util.List;

/** One statement, planned with indexes that do not exist. For one thread. */
public interface PlanTrial extends AutoCloseable {

    /** The plan with these indexes and all that exist. Those that were tried before are not there any more. */
    TrialPlan plan(List<IndexCandidate> indexes) throws SQLException;

    /** How many rows the table has, as far as is known. */
    long rows(TableInfo table) throws SQLException;

    /** How many rows have the same values in these columns, on average; below 0 if nobody knows. */
    double rowsPerKey(IndexCandidate index) throws SQLException;

    /** Which share of the rows the plans are made for, from 0 to 1. Costs grow with it. */
    default double share() {
        return 1;
    }

    /** On what the plans are made, in a few words. */
    String method();

    @Override
    void close() throws SQLException;
}

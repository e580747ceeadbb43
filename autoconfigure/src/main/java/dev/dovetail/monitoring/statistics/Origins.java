package dev.dovetail.monitoring.statistics;

import org.jspecify.annotations.Nullable;

/** Says where a query came from. */
final class Origins {

    private Origins() {}

    static String of(QueryFinding finding) {
        String caller = finding.caller();
        String operation = named(finding.operation());
        return caller == null ? operation : "in " + caller + ", " + operation;
    }

    static String named(@Nullable String operation) {
        return operation == null ? "by no repository" : "by " + operation;
    }
}

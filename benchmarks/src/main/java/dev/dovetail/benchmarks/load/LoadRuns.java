package dev.dovetail.benchmarks.load;

import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.Results;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All runs.
 *
 * @param machine that measured them
 * @param seconds of each
 */
record LoadRuns(Map<String, String> machine, int seconds, List<LoadResult> runs) {

    static final String REPORT = "load.md";

    private static final String RESULTS = "load.json";

    /** Those whose results are kept in this directory. */
    static LoadRuns of(Path directory) {
        return Results.read(directory.resolve(RESULTS), LoadRuns.class);
    }

    /** Results, tables and plot, by the names of their files. */
    Map<String, String> files() {
        LoadReport report = new LoadReport(runs);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("seconds", seconds);
        json.put("runs", runs);
        json.put("targets", report.verdicts());
        return Map.of(
                RESULTS,
                Results.json(json) + "\n",
                REPORT,
                Machine.sentence(machine) + "\n" + report.markdown(seconds),
                "load.svg",
                report.plot());
    }
}

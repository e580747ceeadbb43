package dev.dovetail.benchmarks.hitrate;

import dev.dovetail.benchmarks.fork.Options;
import dev.dovetail.benchmarks.report.Machine;
import dev.dovetail.benchmarks.report.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Caffeine's W-TinyLFU against LRU, LFU and FIFO. Options: {@code --traces=loop,…}, {@code --sizes=100,…} entries,
 * {@code --runs=5} of what decides at random.
 */
public final class HitRateCommand {

    private static final Set<String> OPTIONS = Set.of("traces", "sizes", "runs");
    private static final List<String> SIZES = List.of("100", "500", "1000", "5000");

    private HitRateCommand() {}

    public static void run(String... arguments) {
        Options options = new Options(arguments, OPTIONS);
        List<String> all = Arrays.stream(Trace.values()).map(Trace::id).toList();
        List<Trace> traces = options.list("traces", all).stream().map(Trace::of).toList();
        List<HitRate> rates = new ArrayList<>();
        for (Trace trace : traces) {
            long[] keys = trace.keys();
            for (String size : options.list("sizes", SIZES)) {
                for (Policy policy : Policy.values()) {
                    rates.add(HitRate.of(trace.id(), keys, Integer.parseInt(size), policy, options.number("runs", 5)));
                }
            }
        }
        report(traces, rates);
    }

    private static void report(List<Trace> traces, List<HitRate> rates) {
        Map<String, String> machine = Machine.facts();
        HitRateReport report = new HitRateReport(rates);
        Map<String, String> descriptions = new LinkedHashMap<>();
        traces.forEach(trace -> descriptions.put(trace.id(), trace.description()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("traces", descriptions);
        json.put("rates", rates);
        json.put("targets", report.verdicts());
        String markdown = Machine.sentence(machine) + "\n" + report.markdown();
        Results.writeJson("hit-rates.json", json);
        Results.write("hit-rates.md", markdown);
        Results.write("hit-rates.svg", report.plot());
        System.out.println(markdown);
    }
}

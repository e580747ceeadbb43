package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.fork.Fork;
import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.PostgresqlServer;
import dev.dovetail.cache.Coherence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Measures in JVMs of their own. Every second round has everything in reverse order. */
final class CacheForks {

    private static final String COMMAND = "cache-run";

    private final CachePlan plan;

    CacheForks(CachePlan plan) {
        this.plan = plan;
    }

    CacheMeasurements run() {
        return new CacheMeasurements(
                plan.parts().contains(CachePart.READS) ? ReadRounds.run(plan.forks(), plan.threads()) : List.of(),
                plan.parts().contains(CachePart.UNUSED) ? unused() : List.of(),
                plan.parts().contains(CachePart.WRITES) ? writes() : List.of(),
                plan.parts().contains(CachePart.SLOW_QUERY) ? slowQuery() : List.of());
    }

    private List<UnusedCost> unused() {
        List<UnusedCost> costs = new ArrayList<>();
        for (int fork = 1; fork <= plan.forks(); fork++) {
            for (Engine engine : plan.engines()) {
                costs.add(announced(
                        fork,
                        UnusedCost.class,
                        jvm(engine),
                        CachePart.UNUSED.id(),
                        engine.id(),
                        Boolean.toString(fork % 2 == 1),
                        Integer.toString(plan.millis())));
            }
        }
        return costs;
    }

    private List<WriteSpeed> writes() {
        List<WriteSpeed> speeds = new ArrayList<>();
        List<Integer> writers = new ArrayList<>(plan.writers());
        List<Configuration> configurations = configurations();
        for (int fork = 1; fork <= plan.forks(); fork++) {
            for (Configuration each : configurations) {
                speeds.add(announced(
                        fork,
                        WriteSpeed.class,
                        each.engine == Engine.SQLITE ? List.of() : List.of(PostgresqlServer.argumentsOfDurable()),
                        CachePart.WRITES.id(),
                        each.engine.id(),
                        CachePlan.id(each.coherence),
                        writers.stream().map(String::valueOf).collect(Collectors.joining(",")),
                        Integer.toString(plan.seconds() * 1_000)));
            }
            Collections.reverse(configurations);
            Collections.reverse(writers);
        }
        return speeds;
    }

    private List<Configuration> configurations() {
        List<Configuration> configurations = new ArrayList<>();
        for (Engine engine : plan.engines()) {
            plan.coherencesOf(engine).forEach(each -> configurations.add(new Configuration(engine, each)));
        }
        return configurations;
    }

    private List<SlowQueryTimes> slowQuery() {
        List<SlowQueryTimes> times = new ArrayList<>();
        for (int fork = 1; fork <= plan.forks(); fork++) {
            for (Engine engine : plan.engines()) {
                times.add(announced(
                        fork,
                        SlowQueryTimes.class,
                        jvm(engine),
                        CachePart.SLOW_QUERY.id(),
                        engine.id(),
                        Integer.toString(plan.calls())));
            }
        }
        return times;
    }

    private static List<String> jvm(Engine engine) {
        return engine == Engine.SQLITE ? List.of() : List.of(PostgresqlServer.arguments());
    }

    private static <T> T announced(int fork, Class<T> type, List<String> jvm, String... arguments) {
        System.out.printf("Fork %d: %s%n", fork, String.join(" ", arguments));
        List<String> command = new ArrayList<>(List.of(COMMAND));
        command.addAll(List.of(arguments));
        T result = Fork.run(type, jvm, command.toArray(String[]::new));
        System.out.println("  " + Results.json(result).replaceAll("\\s+", " "));
        return result;
    }

    private record Configuration(Engine engine, Coherence coherence) {}
}

package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.subject.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What JMH wrote, one value for each fork. */
record Measurements(List<Measurement> list) {

    static Measurements of(JsonNode jmh) {
        List<Measurement> list = new ArrayList<>();
        for (JsonNode result : jmh) {
            list.add(new Measurement(
                    Engine.of(result.path("params").path("engine").asString()),
                    Work.of(result.path("benchmark").asString()),
                    Peer.of(result.path("params").path("peer").asString()),
                    meansOfForks(result.path("primaryMetric")),
                    meansOfForks(result.path("secondaryMetrics").path("gc.alloc.rate.norm"))));
        }
        return new Measurements(list);
    }

    Optional<Measurement> find(Engine engine, Work work, Peer peer) {
        return list.stream()
                .filter(each -> each.engine == engine && each.work == work && each.peer == peer)
                .findFirst();
    }

    private static Spread meansOfForks(JsonNode metric) {
        List<Double> forks = new ArrayList<>();
        for (JsonNode fork : metric.path("rawData")) {
            double sum = 0;
            for (JsonNode iteration : fork) {
                sum += iteration.asDouble();
            }
            forks.add(sum / fork.size());
        }
        return new Spread(forks);
    }

    /**
     * One peer at one piece of work.
     *
     * @param micros microseconds for each call
     * @param bytes allocated by each call
     */
    record Measurement(Engine engine, Work work, Peer peer, Spread micros, Spread bytes) {}
}

package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.jmh.Measurements.Measurement;
import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import dev.dovetail.benchmarks.subject.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What Dovetail promises about the cost of a call. Promises about what was not measured are left out. */
final class Targets {

    private final Measurements measurements;
    private final List<Verdict> verdicts = new ArrayList<>();

    private Targets(Measurements measurements) {
        this.measurements = measurements;
    }

    static List<Verdict> check(Measurements measurements) {
        Targets targets = new Targets(measurements);
        targets.onSqlite();
        targets.onPostgresql();
        targets.allocation();
        return targets.verdicts;
    }

    private void onSqlite() {
        atMost(0.7, Engine.SQLITE, Work.BY_ID, Peer.JDBC);
        atMost(0.7, Engine.SQLITE, Work.BY_EMAIL, Peer.JDBC);
        atMost(0.9, Engine.SQLITE, Work.UPDATE, Peer.JDBC);
        atMost(1.25, Engine.SQLITE, Work.ALL, Peer.JDBC);
        atMost(0.33, Engine.SQLITE, Work.BY_ID, Peer.SPRING_DATA_JDBC);
        atMost(0.33, Engine.SQLITE, Work.BY_ID, Peer.JPA);
        atMost(0.33, Engine.SQLITE, Work.BY_ID, Peer.JOOQ);
    }

    private void onPostgresql() {
        atMost(1.15, Engine.POSTGRESQL, Work.BY_ID, Peer.JDBC);
        atMost(1.15, Engine.POSTGRESQL, Work.BY_EMAIL, Peer.JDBC);
        atMost(1.4, Engine.POSTGRESQL, Work.ALL, Peer.JDBC);
        atMost(1.3, Engine.POSTGRESQL, Work.SAVE_ALL, Peer.JDBC);
        quotient(Engine.POSTGRESQL, Work.SAVE_ALL, Peer.SPRING_DATA_JDBC, Peer.DOVETAIL, Measurement::micros)
                .ifPresent(times -> verdicts.add(Verdict.atLeast(
                        5, "PostgreSQL, saveAll of 1,000: time of Spring Data JDBC ÷ time of Dovetail", times)));
    }

    private void allocation() {
        for (Engine engine : Engine.values()) {
            quotient(engine, Work.BY_ID, Peer.DOVETAIL, Peer.JDBC, Measurement::bytes)
                    .ifPresent(times -> verdicts.add(Verdict.atMost(
                            2, engine.title() + ", by id: bytes allocated ÷ those of " + Peer.JDBC.title(), times)));
        }
    }

    private void atMost(double limit, Engine engine, Work work, Peer peer) {
        quotient(engine, work, Peer.DOVETAIL, peer, Measurement::micros)
                .ifPresent(times -> verdicts.add(Verdict.atMost(
                        limit, "%s, %s: time ÷ %s".formatted(engine.title(), work.title(), peer.title()), times)));
    }

    private Optional<Spread> quotient(
            Engine engine, Work work, Peer above, Peer below, Function<Measurement, Spread> figure) {
        Optional<Spread> divisor = measurements.find(engine, work, below).map(figure);
        return measurements.find(engine, work, above).map(figure).flatMap(dividend -> divisor.map(dividend::over));
    }
}

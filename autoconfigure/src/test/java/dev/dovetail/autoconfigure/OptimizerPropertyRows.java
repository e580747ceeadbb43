package dev.dovetail.autoconfigure;

import dev.dovetail.engine.UpkeepSettings;
import dev.dovetail.maintenance.OptimizerSettings;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** The rows of {@code dovetail.optimizer.*}; what follows from them is seen in the tests of maintenance. */
final class OptimizerPropertyRows {

    private OptimizerPropertyRows() {}

    static Stream<PropertyRow> all() {
        return Stream.of(
                row("enabled=false", settings(OptimizerSettings::enabled), false),
                row("time-of-day=03:30", settings(each -> each.schedule().timeOfDay()), LocalTime.of(3, 30)),
                row("zone=Asia/Tokyo", settings(each -> each.schedule().zone()), ZoneId.of("Asia/Tokyo")),
                row("interval=9h", settings(each -> each.schedule().interval()), Duration.ofHours(9)),
                row("checkpoint-interval=9m", settings(OptimizerSettings::checkpointInterval), Duration.ofMinutes(9)),
                row("incremental-vacuum=false", upkeep(UpkeepSettings::incrementalVacuum), false),
                row("full-vacuum=true", upkeep(UpkeepSettings::fullVacuum), true),
                row("analyze=false", upkeep(UpkeepSettings::analyze), false),
                row("integrity-interval=9d", settings(OptimizerSettings::integrityInterval), Duration.ofDays(9)),
                row("free-share=0.9", upkeep(UpkeepSettings::freeShare), 0.9),
                row("free-size=9MB", upkeep(UpkeepSettings::freeBytes), 9L * 1024 * 1024),
                row("log-size=9MB", upkeep(UpkeepSettings::logBytes), 9L * 1024 * 1024),
                row("stale-share=0.9", upkeep(UpkeepSettings::staleShare), 0.9),
                row("stale-rows=9", upkeep(UpkeepSettings::staleRows), 9L),
                row("dead-share=0.9", upkeep(UpkeepSettings::deadShare), 0.9),
                row("dead-rows=9", upkeep(UpkeepSettings::deadRows), 9L),
                row("autovacuum-grace=9m", upkeep(UpkeepSettings::autovacuumGrace), Duration.ofMinutes(9)),
                row("lock-timeout=9s", upkeep(UpkeepSettings::lockTimeout), Duration.ofSeconds(9)),
                row("statement-timeout=9s", upkeep(UpkeepSettings::statementTimeout), Duration.ofSeconds(9)));
    }

    private static PropertyRow row(String setting, Function<ApplicationContext, Object> probe, Object expected) {
        return new PropertyRow("dovetail.optimizer." + setting, List.of(), probe, expected);
    }

    private static Function<ApplicationContext, Object> settings(Function<OptimizerSettings, Object> part) {
        return context -> part.apply(context.getBean(OptimizerSettings.class));
    }

    private static Function<ApplicationContext, Object> upkeep(Function<UpkeepSettings, Object> part) {
        return settings(each -> part.apply(each.upkeep()));
    }
}

package dev.dovetail.autoconfigure;

import dev.dovetail.monitoring.statistics.SlowQueryPlans;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import dev.dovetail.monitoring.statistics.StatisticsSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** The rows of {@code dovetail.monitoring.*}; what follows from them is seen in the tests of monitoring. */
final class MonitoringPropertyRows {

    private MonitoringPropertyRows() {}

    static Stream<PropertyRow> all() {
        return Stream.of(
                row("dovetail.slow-query-threshold=9ms", settings(StatisticsSettings::slow), Duration.ofMillis(9)),
                row(
                        "dovetail.monitoring.enabled=false",
                        context -> context.getBeanProvider(StatementStatistics.class)
                                        .getIfAvailable()
                                != null,
                        false),
                row("dovetail.monitoring.statements=9", settings(StatisticsSettings::statements), 9),
                row("dovetail.monitoring.repeated-query-threshold=9", settings(StatisticsSettings::repetitions), 9),
                row("dovetail.monitoring.large-result-rows=9", settings(StatisticsSettings::largeRows), 9L),
                row(
                        "dovetail.monitoring.explain-slow-queries=false",
                        context -> context.getBeanProvider(SlowQueryPlans.class).getIfAvailable() != null,
                        false),
                // Its effect is seen where there are repositories.
                row(
                        "dovetail.monitoring.observations=true",
                        context -> context.getBean(DovetailProperties.class)
                                .monitoring()
                                .observations(),
                        true));
    }

    private static PropertyRow row(String setting, Function<ApplicationContext, Object> probe, Object expected) {
        return new PropertyRow(setting, List.of(), probe, expected);
    }

    private static Function<ApplicationContext, Object> settings(Function<StatisticsSettings, Object> part) {
        return context -> part.apply(context.getBean(StatisticsSettings.class));
    }
}

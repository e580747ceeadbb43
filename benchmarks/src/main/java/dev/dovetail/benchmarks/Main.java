package dev.dovetail.benchmarks;

import dev.dovetail.benchmarks.backup.BackupCommand;
import dev.dovetail.benchmarks.cached.CacheCommand;
import dev.dovetail.benchmarks.growth.GrowthCommand;
import dev.dovetail.benchmarks.hitrate.HitRateCommand;
import dev.dovetail.benchmarks.hitrate.TraceGenerator;
import dev.dovetail.benchmarks.jmh.JmhCommand;
import dev.dovetail.benchmarks.jmh.JmhReport;
import dev.dovetail.benchmarks.load.LoadCommand;
import dev.dovetail.benchmarks.monitoring.MonitoringCommand;
import dev.dovetail.benchmarks.report.Publication;
import dev.dovetail.benchmarks.startup.StartupCommand;
import java.nio.file.Path;
import java.util.Arrays;

/** The commands of {@code benchmarks/run}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String[] options = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "jmh" -> JmhCommand.run(options);
            case "jmh-report" -> JmhReport.write();
            case "load" -> LoadCommand.run(options);
            case "load-report" -> LoadCommand.report();
            case "load-run" ->
                LoadCommand.runOne(
                        options[0], Integer.parseInt(options[1]), Integer.parseInt(options[2]), Path.of(options[3]));
            case "growth" -> GrowthCommand.run(options);
            case "growth-run" ->
                GrowthCommand.runOne(
                        options[0], options[1], options[2], Integer.parseInt(options[3]), Path.of(options[4]));
            case "cache" -> CacheCommand.run(options);
            case "cache-run" -> CacheCommand.runOne(options);
            case "monitoring" -> MonitoringCommand.run(options);
            case "monitoring-run" -> MonitoringCommand.runOne(options);
            case "backup" -> BackupCommand.run(options);
            case "backup-run" ->
                BackupCommand.runOne(
                        Integer.parseInt(options[0]),
                        Integer.parseInt(options[1]),
                        Integer.parseInt(options[2]),
                        Boolean.parseBoolean(options[3]),
                        Path.of(options[4]));
            case "startup" -> StartupCommand.run(options);
            case "hit-rates" -> HitRateCommand.run(options);
            case "hit-rate-traces" -> TraceGenerator.write(Path.of(options[0]));
            case "publish" ->
                Publication.into(Arrays.stream(options).map(Path::of).toList());
            default -> {
                System.err.println(
                        "What to run? jmh, load, growth, cache, monitoring, backup, startup, hit-rates, jmh-report,"
                                + " load-report, hit-rate-traces, publish");
                System.exit(2);
            }
        }
    }
}

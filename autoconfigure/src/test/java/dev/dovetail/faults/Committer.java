package dev.dovetail.faults;

import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.sqlite.SqliteEngine;
import dev.dovetail.engine.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** A process that commits to an SQLite file as fast as it can, says which id it has committed, and waits to be killed. */
final class Committer {

    static final int THREADS = 4;
    static final String ACKNOWLEDGED = "committed ";

    private Committer() {}

    /** The data source as the auto-configuration builds it, without the time that a context takes to start. */
    static RoutingDataSource open(Path file) {
        DatabaseEngine engine = new SqliteEngine(new SqliteSettings(
                file.toString(),
                SqliteSettings.JournalMode.WAL,
                SqliteSettings.Synchronous.NORMAL,
                64 << 20,
                16 << 20,
                Duration.ofSeconds(5),
                4,
                true,
                SqliteSettings.TempStore.MEMORY,
                SqliteSettings.AutoVacuum.INCREMENTAL,
                256,
                Map.of()));
        ConnectionTarget target = new ConnectionTarget(null, null, null, "committer");
        return new RoutingDataSource(
                engine, engine.connect(target), Duration.ofSeconds(30), List.of(), List.of(), pool -> {});
    }

    /** Argument: the database file. Begins when it is told to. */
    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(Committer.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        try (RoutingDataSource dataSource = open(Path.of(arguments[0]))) {
            Ledger ledger = new Ledger(dataSource);
            ledger.create();
            try (Workers workers = Workers.repeat(THREADS, number -> ledger.write(Committer::acknowledge))) {
                workers.await(Duration.ofMinutes(1));
            }
        }
    }

    private static void acknowledge(int id) {
        System.out.println(ACKNOWLEDGED + id);
    }
}

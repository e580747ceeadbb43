package dev.dovetail.faults;

import dev.dovetail.datasource.RoutingDataSource;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** A process that commits to an SQLite file as fast as it can, says which id it has committed, and waits to be killed. */
final class Committer {

    static final int THREADS = 4;
    static final String ACKNOWLEDGED = "committed ";

    private Committer() {}

    /** The data source as the auto-configuration builds it, without the time that a context takes to start. */
    static RoutingDataSource open(Path file) {
        return TestDatabaseAccess.open(file.toString()).dataSource();
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

package dev.dovetail.faults;

import dev.dovetail.coordination.Leases;
import dev.dovetail.transaction.Outbox;
import dev.dovetail.transaction.OutboxDelivery;
import dev.dovetail.transaction.OutboxHandler;
import dev.dovetail.transaction.OutboxSettings;
import dev.dovetail.transaction.PayloadFormat;
import dev.dovetail.transaction.TransactionOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A process that stores orders with messages of them and delivers these by saying so, until it is killed. */
final class OutboxProcess {

    static final String STORED = "stored ";
    static final String DELIVERED = "delivered ";

    private static final int THREADS = 3;

    private OutboxProcess() {}

    static void createTables(TestDatabaseAccess database) {
        database.jdbc().execute("CREATE TABLE orders (id varchar(40) PRIMARY KEY)");
    }

    static OutboxDelivery delivery(TestDatabaseAccess database, OutboxHandler handler) {
        return new OutboxDelivery(
                database.jdbc(),
                database.transactions(),
                database.engine().sql(),
                new Leases(
                        database.jdbc(),
                        new TransactionTemplate(new JdbcTransactionManager(database.dataSource())),
                        database.engine().sql(),
                        UUID.randomUUID().toString()),
                List.of(handler),
                new OutboxSettings(
                        Duration.ofMillis(10),
                        Duration.ofMillis(300),
                        20,
                        Duration.ofMillis(10),
                        Duration.ofMillis(100)));
    }

    static Outbox outbox(TestDatabaseAccess database) {
        return new Outbox(database.jdbc(), database.engine().sql(), PayloadFormat.TEXT, () -> {});
    }

    /** Arguments: the database. Begins when it is told to. */
    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(OutboxProcess.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        try (TestDatabaseAccess database = TestDatabaseAccess.open(arguments)) {
            Outbox outbox = outbox(database);
            OutboxDelivery delivery = delivery(
                    database, message -> System.out.println(DELIVERED + message.payload() + " " + message.id()));
            try (Workers workers = Workers.repeat(THREADS, number -> {
                if (number == 0) {
                    delivery.deliver(() -> true);
                } else {
                    store(database, outbox);
                }
            })) {
                workers.await(Duration.ofMinutes(1));
            }
        }
    }

    static void store(TestDatabaseAccess database, Outbox outbox) {
        String id = UUID.randomUUID().toString();
        database.transactions().run(TransactionOptions.defaults(), transaction -> {
            database.jdbc().update("INSERT INTO orders VALUES (?)", id);
            return outbox.send("orders", id);
        });
        System.out.println(STORED + id);
    }
}

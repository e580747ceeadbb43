package dev.dovetail.faults;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A number in the database that is read, increased and written back; also as a process of its own. */
final class Counter {

    private static final int FIRST_PROPERTY = 3;

    private final TestEngine engine;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Counter(TestApplication application, TestEngine engine) {
        this.engine = engine;
        this.jdbc = application.jdbc();
        this.transaction = application.transaction();
    }

    static void create(TestApplication application) {
        application.template().execute("CREATE TABLE counter (id integer PRIMARY KEY, value integer NOT NULL)");
        application.jdbc().sql("INSERT INTO counter VALUES (1, 0)").update();
    }

    static int value(TestApplication application) {
        return application
                .jdbc()
                .sql("SELECT value FROM counter WHERE id = 1")
                .query(Integer.class)
                .single();
    }

    void add(int times) {
        for (int i = 0; i < times; i++) {
            transaction.executeWithoutResult(status -> addOne());
        }
    }

    private void addOne() {
        int read = jdbc.sql("SELECT value FROM counter WHERE id = 1 " + engine.forUpdate())
                .query(Integer.class)
                .single();
        jdbc.sql("UPDATE counter SET value = :value WHERE id = 1")
                .param("value", read + 1)
                .update();
    }

    /** Arguments: the engine, how many threads, how often each adds one, and the properties of the database. */
    public static void main(String[] arguments) throws Exception {
        TestEngine engine = TestEngine.valueOf(arguments[0]);
        int times = Integer.parseInt(arguments[2]);
        Map<String, String> database = new LinkedHashMap<>();
        for (int i = FIRST_PROPERTY; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            database.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        try (TestApplication application = TestApplication.with(database)) {
            System.out.println("\nready");
            if (System.in.read() < 0) {
                throw new IllegalStateException("Nobody said go");
            }
            try (Workers workers = Workers.start(
                    Integer.parseInt(arguments[1]), number -> new Counter(application, engine).add(times))) {
                workers.await(Duration.ofMinutes(10));
            }
        }
        System.out.println("\ndone");
    }
}

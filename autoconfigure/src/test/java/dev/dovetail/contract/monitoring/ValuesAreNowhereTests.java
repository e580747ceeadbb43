package dev.dovetail.contract.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.actuator.DovetailEndpoint;
import dev.dovetail.cache.Cached;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.transaction.Outbox;
import dev.dovetail.transaction.OutboxHandler;
import dev.dovetail.transaction.OutboxMessage;
import dev.dovetail.transaction.TransactionOptions;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application that has everything switched on, logs all that there is, and uses a marker for each value and secret: none of them
 * is in its log, in a section of the endpoint, a meter, the health, or in what our own exceptions say.
 */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class ValuesAreNowhereTests {

    private static final String MARKER = "marker4711";
    private static final String SECRET = "hidden0815";
    private static final String KEY =
            Base64.getEncoder().encodeToString("thirty-two bytes of the only key".getBytes(StandardCharsets.US_ASCII));

    private final TestEngine engine;

    ValuesAreNowhereTests(TestEngine engine) {
        this.engine = engine;
    }

    private TestApplication start() {
        TestApplication application = TestApplication.ofWeb(
                engine,
                Beans.class,
                "management.endpoints.web.exposure.include=*",
                "logging.level.dev.dovetail=trace",
                // Under this name Spring itself logs the texts of statements, as they are.
                "logging.level.dev.dovetail.repository.RepositoryJdbcTemplate=info",
                "dovetail.slow-query-threshold=1ns",
                "dovetail.transaction.slow-threshold=1ns",
                "dovetail.transaction.max-retries=1",
                "dovetail.monitoring.observations=true",
                "dovetail.monitoring.large-result-rows=1",
                "dovetail.monitoring.repeated-query-threshold=2",
                "dovetail.cache.advice=true",
                "dovetail.optimizer.enabled=false",
                "dovetail.outbox.first-delay=10ms",
                "dovetail.alerts.webhook.url=https://nobody.invalid/hook?token=" + SECRET,
                "dovetail.alerts.webhook.secret=" + SECRET,
                "dovetail.encryption.active-key=main",
                "dovetail.encryption.keys.main=" + KEY);
        application.defineOwnTables();
        application.define("CREATE TABLE note (id ${identity}, subject ${text} NOT NULL UNIQUE, pages ${bigint})");
        return application;
    }

    @Test
    void neitherValuesNorSecrets(CapturedOutput output) {
        try (TestApplication application = start()) {
            for (int i = 0; i < 3; i++) {
                repositories(application, i);
                tables(application, i);
                transactions(application, i);
            }
            outboxAndSaga(application);
            plainStatements(application);
            application.bean(Advisor.class).advise();
            application.bean(HealthMonitor.class).evaluate();

            assertThat(shown(application))
                    .contains("largeResults", "nPlusOne", "errorPatterns", "\"note\"")
                    .doesNotContain(MARKER, SECRET, KEY);
            assertThat(application.database().insights().toString()).doesNotContain(MARKER);
            assertThat(String.valueOf(
                            application.bean(DatabaseHealthIndicator.class).health(true)))
                    .doesNotContain(MARKER, SECRET, KEY);
            assertThat(meters(application)).contains("dovetail.statements").doesNotContain(MARKER, SECRET, KEY);
            assertThat(application.bean(Spans.class).errors)
                    .anyMatch(error ->
                            error.startsWith(DuplicateKeyException.class.getName()) && error.contains("SQLState 23505"))
                    .anyMatch(error -> error.contains("ValuesAreNowhereTests.repositories"))
                    .noneMatch(ValuesAreNowhereTests::tells);
        }
        List<String> log = output.getAll().lines().toList();
        for (String said :
                List.of("Slow statement", "Slow transaction", "The same query ran", "A result of", "Saga 'trip'")) {
            assertThat(log).anyMatch(line -> line.contains(said));
        }
        assertThat(log).noneMatch(ValuesAreNowhereTests::tells);
    }

    private static boolean tells(String line) {
        return line.contains(MARKER) || line.contains(SECRET) || line.contains(KEY);
    }

    private static void repositories(TestApplication application, int number) {
        String subject = MARKER + number;
        Notes notes = application.bean(Notes.class);
        notes.save(new Note(null, subject, 1));
        notes.saveAll(List.of(new Note(null, subject + "a", 2), new Note(null, subject + "b", 3)));
        notes.findBySubject(subject);
        notes.findBySubjectIn(List.of(subject, MARKER));
        notes.countBySubject(subject);
        notes.countBySubject(subject);
        notes.written(subject);
        notes.findAll();
        Window<Note> window = notes.findByPagesGreaterThan(0, ScrollPosition.keyset(), Limit.of(1), Sort.by("subject"));
        notes.findByPagesGreaterThan(0, window.positionAt(0), Limit.of(1), Sort.by("subject"));
        refused(() -> notes.save(new Note(null, subject, 1)));
        refused(() -> notes.number(subject));
        refused(() -> notes.saveAll(List.of(new Note(null, subject + "c", 1), new Note(null, subject, 1))));
    }

    private static void tables(TestApplication application, int number) {
        String subject = MARKER + "-table" + number;
        application.database().table("note").insert(Map.of("subject", subject));
        application.database().table("note").where("subject").is(subject).list();
        application.database().table("note").where("subject").contains(subject).update(Map.of("pages", 5));
        refused(() ->
                application.database().table("note").where("pages").is(MARKER).list());
        refused(() -> application.database().table("note").insert(Map.of("subject", subject, "pages", MARKER)));
        refused(() -> application.database().table("note").insert(Map.of("subject", subject)));
        application.database().query("by subject").key(subject).cached().run(() -> written(application, subject));
        refused(() ->
                application.database().query("broken").key(subject).cached().run(() -> mistaken(application, subject)));
        application.database().query("mutable").key(subject).cached().run(() -> new StringBuilder(subject));
    }

    private static List<String> written(TestApplication application, String subject) {
        return application
                .jdbc()
                .sql("SELECT subject FROM note WHERE subject = ? OR subject = '" + MARKER + "'")
                .param(subject)
                .query(String.class)
                .list();
    }

    private static int mistaken(TestApplication application, String subject) {
        return application
                .jdbc()
                .sql("SELECT nothing FROM note WHERE subject = '" + MARKER + "' OR subject = ?")
                .param(subject)
                .query(Integer.class)
                .single();
    }

    private static void transactions(TestApplication application, int number) {
        JdbcClient jdbc = application.jdbc();
        refused(() -> application.database().inTransaction(TransactionOptions.named("writing"), transaction -> {
            jdbc.sql("INSERT INTO note (subject) VALUES (?)")
                    .param(MARKER + "-tx" + number)
                    .update();
            return jdbc.sql("INSERT INTO note (subject) VALUES (?)")
                    .param(MARKER + "0")
                    .update();
        }));
        application.transaction().executeWithoutResult(status -> {
            application.bean(Notes.class).findBySubject(MARKER);
            application.bean(Notes.class).findBySubject(MARKER + number);
        });
    }

    private static void outboxAndSaga(TestApplication application) {
        Outbox outbox = application.bean(Outbox.class);
        application.transaction().executeWithoutResult(status -> outbox.send("topic", MARKER));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> application.bean(Failing.class).failed);
        refused(() -> application
                .database()
                .saga("trip")
                .step("take", saga -> saga.note("what", saga.payload()), saga -> {
                    throw new IOException("not now");
                })
                .step(
                        "fail",
                        saga -> {
                            throw new IOException("not today");
                        },
                        saga -> {})
                .run(MARKER));
    }

    // What a database says of a value that it does not understand quotes it: only who caught the exception hears of
    // that.
    private static void plainStatements(TestApplication application) {
        for (String sql : List.of(
                "INSERT INTO note (id, subject) VALUES (1, '" + MARKER + "')",
                "SELECT nothing FROM note WHERE subject = '" + MARKER + "'",
                "SELECT 1 FROM note WHERE subject = '" + MARKER,
                "SELECT * FROM notes WHERE subject = '" + MARKER + "' /* " + MARKER + " */ -- " + MARKER)) {
            refused(() -> application.template().execute(sql));
        }
        application
                .template()
                .queryForList("SELECT * FROM note WHERE subject = '" + MARKER + "' /* " + MARKER + " */ -- " + MARKER);
        refused(() -> application
                .template()
                .queryForList("SELECT nothing FROM note WHERE pages = CAST(CAST(? AS text) AS integer)", MARKER));
    }

    /** What fails because of a value says why; what the driver says quotes the statement, and what is ours does not. */
    private static void refused(Runnable work) {
        Throwable failure = catchThrowable(work::run);
        assertThat(failure).isNotNull();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each.getClass().getName().startsWith("dev.dovetail.") && !(each instanceof SQLException)) {
                assertThat(each.toString()).doesNotContain(MARKER);
            }
        }
    }

    private static String shown(TestApplication application) {
        JsonMapper mapper = application.bean(EndpointJsonMapper.class).get();
        DovetailEndpoint endpoint = application.bean(DovetailEndpoint.class);
        return mapper.writeValueAsString(endpoint.everything())
                + mapper.writeValueAsString(Objects.requireNonNull(endpoint.section("schema")));
    }

    private static String meters(TestApplication application) {
        return application.bean(MeterRegistry.class).getMeters().stream()
                .map(Meter::getId)
                .map(id -> id + " " + id.getDescription())
                .collect(Collectors.joining("\n"));
    }

    @Table("note")
    record Note(@Id @Nullable Long id, String subject, long pages) {}

    interface Notes extends ListCrudRepository<Note, Long> {

        List<Note> findBySubject(String subject);

        List<Note> findBySubjectIn(List<String> subjects);

        @Cached
        long countBySubject(String subject);

        @Query("SELECT * FROM note WHERE subject = :subject OR subject = '" + MARKER + "'")
        List<Note> written(String subject);

        @Query("SELECT subject AS number FROM note WHERE subject = :subject AND pages = CAST(:subject AS bigint)")
        long number(String subject);

        Window<Note> findByPagesGreaterThan(long pages, ScrollPosition position, Limit limit, Sort sort);
    }

    static final class Failing implements OutboxHandler {

        private volatile boolean failed;

        @Override
        public void handle(OutboxMessage message) {
            if (!failed) {
                failed = true;
                throw new IllegalStateException("the broker is away");
            }
        }
    }

    /** Keeps what a trace would show of an error. */
    static final class Spans implements ObservationHandler<Observation.Context> {

        private final Queue<String> errors = new ConcurrentLinkedQueue<>();

        @Override
        public void onError(Observation.Context context) {
            StringWriter text = new StringWriter();
            Objects.requireNonNull(context.getError()).printStackTrace(new PrintWriter(text));
            errors.add(text.toString());
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Family.Beans.class)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Notes.class))
    static class Beans {

        @Bean
        Spans spans() {
            return new Spans();
        }

        @Bean
        Failing failing() {
            return new Failing();
        }
    }
}

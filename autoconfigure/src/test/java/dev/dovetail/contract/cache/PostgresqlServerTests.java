package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.QuerySpec;
import dev.dovetail.cache.QueryResult;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.BadgeApplications.Clock;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** A server that stops, and one that has replicas. */
class PostgresqlServerTests {

    private static final String BADGE = """
            CREATE TABLE badge (id ${identity}, name ${text} NOT NULL, points ${integer} NOT NULL) ${strict}""";

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\.Badges)"))
    static class Plain {}

    private static int points(Badges badges, long id) {
        badges.findById(id);
        badges.count();
        return badges.findById(id).map(Badges.Badge::points).orElse(-1);
    }

    @Test
    void whatIsTooOldIsServedWhileItIsStopped() {
        try (DedicatedPostgresServer server = PostgresServer.dedicated();
                TestDatabase own = server.newDatabase()) {
            Map<String, String> database = new LinkedHashMap<>(Map.of(
                    "spring.datasource.url", own.info().jdbcUrl(),
                    "spring.datasource.username", own.info().username(),
                    "spring.datasource.password", own.info().password()));
            try (TestApplication application = TestApplication.with(
                    database,
                    BadgeApplications.Repositories.class,
                    "dovetail.transaction.retry-delay=100ms",
                    "dovetail.circuit-breaker.open-duration=1s",
                    "spring.datasource.hikari.connection-timeout=1000")) {
                application.define(BADGE);
                application.template().execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 10)");
                Badges badges = application.bean(Badges.class);
                Clock clock = application.bean(Clock.class);
                QuerySpec query = application.database().query("numbers").key().cached();
                Supplier<Long> count = () -> application
                        .jdbc()
                        .sql("SELECT count(*) FROM badge")
                        .query(Long.class)
                        .single();
                Awaitility.await().until(() -> query.<Long>runForResult(count).origin() == Origin.CACHE);
                points(badges, 1);
                server.stop();
                clock.advance(Duration.ofMinutes(6));
                QueryResult<Long> old = query.runForResult(count);
                assertThat(old).isEqualTo(new QueryResult<>(1L, Origin.STALE));
                assertThat(points(badges, 1)).isEqualTo(10);
                assertThat(application.database().caches().statistics("badges").stale())
                        .isGreaterThan(0);
                assertThatThrownBy(() -> badges.findByName("never")).isNotNull();
                clock.advance(Duration.ofMinutes(60));
                assertThatThrownBy(() -> query.runForResult(count)).isNotNull();
                assertThatThrownBy(() -> badges.findById(1L)).isNotNull();
                server.start();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .until(() -> query.<Long>runForResult(count).origin() == Origin.CACHE);
                application.template().execute("INSERT INTO badge (id, name, points) VALUES (2, 'x', 10)");
                assertThat(query.<Long>run(count)).isEqualTo(2);
            }
        }
    }

    @Test
    void whatAReplicaAnsweredIsNotKept() {
        Map<String, String> database = TestEngine.POSTGRESQL.freshDatabase();
        try (TestApplication application = TestApplication.with(
                database, Plain.class, "dovetail.postgresql.replicas=" + database.get("spring.datasource.url"))) {
            application.define(BADGE);
            application.template().execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 10)");
            Badges badges = application.bean(Badges.class);
            application.readOnlyTransaction().executeWithoutResult(status -> points(badges, 1));
            assertThat(application.database().caches().statistics("badges").puts())
                    .isZero();
            points(badges, 1);
            points(badges, 1);
            application.statements();
            application.readOnlyTransaction().executeWithoutResult(status -> {
                points(badges, 1);
                badges.findByName("java");
            });
            application.statements();
            badges.findByName("java");
            assertThat(application.statements()).isNotEmpty();
        }
    }
}

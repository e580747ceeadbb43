package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.autoconfigure.DovetailActuatorAutoConfiguration;
import dev.dovetail.autoconfigure.DovetailDataSourceAutoConfiguration;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.monitoring.health.HealthMonitor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the endpoint answers, as Spring Boot writes it. */
class DovetailEndpointTests {

    @ParameterizedTest
    @EnumSource
    void whenAskedForEverythingThenEverySectionIsThere(TestEngine engine) {
        try (ConfigurableApplicationContext context = start(engine)) {
            JsonNode all = json(context, endpoint(context).everything());

            assertThat(all.path("engine").asString(""))
                    .isEqualTo(engine == TestEngine.SQLITE ? "sqlite" : "postgresql");
            assertThat(all.path("version").asString("")).matches("\\d+\\..*");
            assertThat(all.path("pools").path(0).path("maximum").asInt(0))
                    .isEqualTo(engine == TestEngine.SQLITE ? 1 : 10);
            JsonNode setting = all.path("settings").path("applied").path(0);
            assertThat(setting.path("actual").asString("nothing"))
                    .isEqualTo(setting.path("expected").asString("something"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenAskedForASectionThenItIsThatOneOrNotFound(TestEngine engine) {
        try (ConfigurableApplicationContext context = start(engine)) {
            JsonNode settings = json(context, endpoint(context).section("settings"));
            assertThat(settings.path("capabilities").path("singleWriter").asBoolean(false))
                    .isEqualTo(engine == TestEngine.SQLITE);
            assertThat(settings.path("differing").size()).isZero();
            if (engine == TestEngine.POSTGRESQL) {
                assertThat(settings.path("runtime").propertyNames())
                        .containsExactlyInAnyOrder(
                                "server_version",
                                "max_connections",
                                "shared_buffers",
                                "effective_cache_size",
                                "work_mem",
                                "maintenance_work_mem",
                                "wal_level",
                                "max_wal_size");
            }
            assertThat(json(context, endpoint(context).section("pools"))
                            .path(0)
                            .path("utilisation")
                            .isNumber())
                    .isTrue();
            assertThat(json(context, endpoint(context).section("alerts"))
                            .path("active")
                            .isArray())
                    .isTrue();
            assertThat(json(context, endpoint(context).section("pools")).size())
                    .isEqualTo(engine == TestEngine.SQLITE ? 2 : 1);
            // Spring Boot answers 404 where a selector's operation has nothing to say.
            assertThat(endpoint(context).section("unheard-of")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenAMigrationHasRunSinceThenTheSchemaShowsIt(TestEngine engine) {
        try (ConfigurableApplicationContext context = start(engine)) {
            assertThat(json(context, endpoint(context).section("schema")).isEmpty())
                    .isTrue();
            define(context, "CREATE TABLE author (id ${identity}, name ${text} NOT NULL)");
            define(
                    context,
                    "CREATE TABLE book (id ${identity}, price ${decimal_10_2} NOT NULL,"
                            + " author_id ${bigint} REFERENCES author ON DELETE CASCADE)");
            define(context, "CREATE INDEX book_author ON book (author_id)");

            JsonNode book = json(context, endpoint(context).section("schema")).path(1);

            assertThat(book.path("name").asString("")).isEqualTo("book");
            assertThat(book.path("view").asBoolean(true)).isFalse();
            assertThat(book.path("primaryKey").toString()).isEqualTo("[\"id\"]");
            assertThat(book.at("/columns/1/name").asString("")).isEqualTo("price");
            assertThat(book.at("/columns/1/kind").asString("")).isEqualTo("DECIMAL");
            assertThat(book.at("/columns/1/type").asString("")).contains("(10,2)");
            assertThat(book.at("/columns/1/nullable").asBoolean(true)).isFalse();
            assertThat(book.at("/columns/2/nullable").asBoolean(false)).isTrue();
            assertThat(book.at("/foreignKeys/0/referencedTable").asString("")).isEqualTo("author");
            assertThat(book.at("/foreignKeys/0/onDelete").asString("")).isEqualTo("CASCADE");
            assertThat(book.path("indexes").toString()).contains("\"book_author\"", "[\"author_id\"]");

            define(context, "ALTER TABLE book ADD COLUMN since ${timestamp}");

            assertThat(json(context, endpoint(context).section("schema"))
                            .at("/1/columns/3/kind")
                            .asString(""))
                    .isEqualTo("TIMESTAMP");
            assertThat(json(context, endpoint(context).everything())
                            .path("tables")
                            .toString())
                    .isEqualTo("[\"author\",\"book\"]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenSomebodyMayActThenItSaysWhatMayBeAskedFor(TestEngine engine) {
        try (ConfigurableApplicationContext context = start(engine)) {
            assertThat(json(context, endpoint(context).section("about")).path("actions"))
                    .isEmpty();
            assertThat(json(context, endpoint(context).everything()).path("actions"))
                    .isEmpty();
        }
        try (ConfigurableApplicationContext context =
                start(engine, "management.endpoint.dovetail.access=unrestricted")) {
            JsonNode about = json(context, endpoint(context).section("about"));
            assertThat(about.path("actions").toString()).contains("\"advise\"", "\"clear-cache\"", "\"optimize\"");
            assertThat(about.path("sections").toString()).contains("\"health\"", "\"history\"", "\"queries\"");
            assertThat(about.path("flavour").asString("")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenHealthWasEvaluatedThenItsNumbersAreInTheHistory(TestEngine engine) {
        try (ConfigurableApplicationContext context = start(engine)) {
            define(context, "CREATE TABLE author (id ${identity}, name ${text} NOT NULL)");
            context.getBean(HealthMonitor.class).evaluate();

            JsonNode history = json(context, endpoint(context).section("history"));
            JsonNode health = json(context, endpoint(context).section("health"));

            assertThat(health.path("status").asString("")).isEqualTo("UP");
            assertThat(history.at("/evaluations/0/metrics/database/bytes").asLong(0))
                    .isGreaterThan(4_000);
            assertThat(history.at("/evaluations/0/metrics/pools/writer/utilisation")
                                    .isNumber()
                            || engine == TestEngine.POSTGRESQL)
                    .isTrue();
            // One, or two if one ended meanwhile: there are none from before the start.
            assertThat(history.path("minutes").size()).isBetween(1, 2);
            assertThat(Instant.parse(history.path("now").asString("")))
                    .isAfterOrEqualTo(
                            Instant.parse(history.at("/minutes/0/begin").asString("")));
            assertThat(history.at("/minutes/0/count").asLong(0)
                            + history.at("/minutes/1/count").asLong(0))
                    .isPositive();
            // Nobody migrates here.
            assertThat(endpoint(context).section("migrations")).hasToString("[]");
        }
    }

    private static void define(ConfigurableApplicationContext context, String portable) {
        String sql = portable;
        for (Map.Entry<String, String> word :
                context.getBean(DatabaseEngine.class).migrationWords().entrySet()) {
            sql = sql.replace("${" + word.getKey() + "}", word.getValue());
        }
        new JdbcTemplate(context.getBean(DataSource.class)).execute(sql);
    }

    @Test
    void whenNothingIsSaidThenItCanOnlyBeRead() {
        Endpoint endpoint = Objects.requireNonNull(DovetailEndpoint.class.getAnnotation(Endpoint.class));
        assertThat(endpoint.id()).isEqualTo("dovetail");
        assertThat(endpoint.defaultAccess()).isEqualTo(Access.READ_ONLY);
        assertThat(DovetailEndpoint.class.getMethods())
                .filteredOn(method -> method.getDeclaringClass() == DovetailEndpoint.class)
                .allMatch(method -> method.isAnnotationPresent(ReadOperation.class)
                        != method.isAnnotationPresent(WriteOperation.class));
    }

    @Test
    void whenItIsNotExposedThenItIsNotThere() {
        try (ConfigurableApplicationContext context =
                start(TestEngine.SQLITE, "management.endpoints.web.exposure.include=health")) {
            assertThat(context.getBeanNamesForType(DovetailEndpoint.class)).isEmpty();
        }
    }

    private static DovetailEndpoint endpoint(ConfigurableApplicationContext context) {
        return context.getBean(DovetailEndpoint.class);
    }

    private static JsonNode json(ConfigurableApplicationContext context, @Nullable Object value) {
        JsonMapper mapper = context.getBean(EndpointJsonMapper.class).get();
        return mapper.readTree(mapper.writeValueAsString(value));
    }

    private static ConfigurableApplicationContext start(TestEngine engine, String... further) {
        Map<String, Object> properties = new LinkedHashMap<>(engine.freshDatabase());
        properties.put("management.endpoints.web.exposure.include", "dovetail");
        for (String each : further) {
            properties.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(properties)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DovetailDataSourceAutoConfiguration.class,
        DovetailActuatorAutoConfiguration.class,
        EndpointAutoConfiguration.class,
        JacksonEndpointAutoConfiguration.class
    })
    static class Application {}
}

package dev.dovetail.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether the rules for Prometheus and the dashboard for Grafana speak of meters that there are (F182). */
class MonitoringFilesTests {

    private static final Path FILES = Path.of("..", "docs", "monitoring");
    private static final Pattern SERIES = Pattern.compile("\\b(dovetail|hikaricp|jdbc|cache)_[a-z_]+");
    private static final Set<String> SEVERITIES = Set.of("low", "medium", "high", "critical");

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MetricsAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        PrometheusMetricsExportAutoConfiguration.class,
        DataSourcePoolMetricsAutoConfiguration.class
    })
    static class Scraped {}

    private static Set<String> scraped(TestEngine engine) {
        try (TestApplication application = TestApplication.withBeans(engine.freshDatabase(), Scraped.class)) {
            application.template().execute("CREATE TABLE item (id int)");
            application
                    .database()
                    .inTransaction(transaction -> application.template().update("INSERT INTO item VALUES (1)"));
            Set<String> names = new TreeSet<>();
            String scrape = application.bean(PrometheusMeterRegistry.class).scrape();
            assertThat(scrape)
                    .containsPattern("dovetail_statements_seconds_bucket\\{[^}]*le=\"0.1\"")
                    .contains("dovetail_statements_latency_seconds{quantile=\"0.95\"}");
            for (String line : scrape.split("\n")) {
                if (!line.startsWith("#")) {
                    names.add(line.replaceAll("[{ ].*", ""));
                }
            }
            return names;
        }
    }

    private static Set<String> named(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = SERIES.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    @Test
    void everyMeterOfTheRulesAndOfTheDashboardExists() throws IOException {
        Set<String> scraped = new TreeSet<>();
        for (TestEngine engine : TestEngine.values()) {
            scraped.addAll(scraped(engine));
        }
        assertThat(scraped).contains("dovetail_health_status", "dovetail_pool_waiting");
        for (String file : List.of("prometheus-rules.yml", "grafana-dashboard.json")) {
            Set<String> named = named(expressions(Files.readString(FILES.resolve(file)), file));
            assertThat(named).as(file).hasSizeGreaterThan(10);
            assertThat(scraped).as(file).containsAll(named);
        }
    }

    private static String expressions(String content, String file) {
        if (file.endsWith(".yml")) {
            StringBuilder all = new StringBuilder();
            rules(content).forEach(rule -> all.append(rule.get("expr")).append('\n'));
            return all.toString();
        }
        return JsonMapper.builder()
                .build()
                .readTree(content)
                .findValuesAsString("expr")
                .toString();
    }

    private static List<?> list(Map<?, ?> parent, String name) {
        return (List<?>) Objects.requireNonNull(parent.get(name), name);
    }

    private static Map<?, ?> map(Map<?, ?> parent, String name) {
        return (Map<?, ?>) Objects.requireNonNull(parent.get(name), name);
    }

    private static List<Map<?, ?>> rules(String content) {
        Map<?, ?> file = new Yaml().load(content);
        return list(file, "groups").stream()
                .flatMap(group -> list((Map<?, ?>) group, "rules").stream())
                .<Map<?, ?>>map(rule -> (Map<?, ?>) rule)
                .toList();
    }

    @Test
    void everyRuleSaysHowSevereItIsAndWhatToDo() throws IOException {
        List<Map<?, ?>> rules = rules(Files.readString(FILES.resolve("prometheus-rules.yml")));
        assertThat(rules).extracting(rule -> String.valueOf(rule.get("alert"))).doesNotHaveDuplicates();
        assertThat(rules).allSatisfy(rule -> {
            Map<?, ?> labels = map(rule, "labels");
            Map<?, ?> annotations = map(rule, "annotations");
            assertThat(annotations.keySet()).map(String::valueOf).containsExactlyInAnyOrder("summary", "description");
            // What is passed on keeps the severity it has.
            assertThat(
                            labels.containsKey("severity")
                                    ? SEVERITIES.contains(String.valueOf(labels.get("severity")))
                                    : labels.containsKey("source"))
                    .isTrue();
        });
    }

    @Test
    void everyPanelHasAQueryAndADescriptionAndThePlacesDoNotOverlap() throws IOException {
        JsonNode dashboard =
                JsonMapper.builder().build().readTree(Files.readString(FILES.resolve("grafana-dashboard.json")));
        Set<String> places = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(panel.path("description").asString(""))
                    .as(panel.path("title").asString(""))
                    .isNotBlank();
            assertThat(panel.path("targets").size()).isPositive();
            JsonNode place = panel.path("gridPos");
            assertThat(places.add(
                            place.path("x").asInt() + "," + place.path("y").asInt()))
                    .isTrue();
        }
        assertThat(places).hasSizeGreaterThan(10);
    }
}

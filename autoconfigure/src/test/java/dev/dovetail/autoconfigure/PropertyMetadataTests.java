package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.autoconfigure.Metadata.Property;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an IDE shows while somebody writes {@code application.yml}, and what the documentation says. */
class PropertyMetadataTests {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("dovetail.enabled", "true"),
            Map.entry("dovetail.type", "by the URL, else sqlite"),
            Map.entry("dovetail.preset", "by the active profile"),
            Map.entry("dovetail.query-timeout", "30s"),
            Map.entry("dovetail.slow-query-threshold", "200ms"),
            Map.entry("dovetail.monitoring.enabled", "true"),
            Map.entry("dovetail.monitoring.statements", "500"),
            Map.entry("dovetail.monitoring.repeated-query-threshold", "10"),
            Map.entry("dovetail.monitoring.large-result-rows", "1000"),
            Map.entry("dovetail.monitoring.explain-slow-queries", "true"),
            Map.entry("dovetail.monitoring.observations", "false"),
            Map.entry("dovetail.sqlite.path", "./data/${spring.application.name:app}.db"),
            Map.entry("dovetail.sqlite.journal-mode", "wal"),
            Map.entry("dovetail.sqlite.synchronous", "normal"),
            Map.entry("dovetail.sqlite.cache-size", "64MB"),
            Map.entry("dovetail.sqlite.reader-cache-size", "16MB"),
            Map.entry("dovetail.sqlite.busy-timeout", "5s"),
            Map.entry("dovetail.sqlite.readers", "max(4, cores)"),
            Map.entry("dovetail.sqlite.foreign-keys", "true"),
            Map.entry("dovetail.sqlite.temp-store", "memory"),
            Map.entry("dovetail.sqlite.auto-vacuum", "incremental"),
            Map.entry("dovetail.sqlite.prepared-statement-cache-size", "256"),
            Map.entry("dovetail.sqlite.pragmas", ""),
            Map.entry("dovetail.postgresql.host", ""),
            Map.entry("dovetail.postgresql.port", "5432"),
            Map.entry("dovetail.postgresql.database", "${spring.application.name:app}"),
            Map.entry("dovetail.postgresql.replicas", ""),
            Map.entry("dovetail.postgresql.statement-timeout", "30s"),
            Map.entry("dovetail.postgresql.lock-timeout", "10s"),
            Map.entry("dovetail.postgresql.idle-in-transaction-timeout", "60s"),
            Map.entry("dovetail.postgresql.ssl-bundle", ""),
            Map.entry("dovetail.postgresql.settings", ""),
            Map.entry("dovetail.transaction.max-retries", "3"),
            Map.entry("dovetail.transaction.retry-delay", "1s"),
            Map.entry("dovetail.transaction.contention-delay", "20ms"),
            Map.entry("dovetail.transaction.multiplier", "2"),
            Map.entry("dovetail.transaction.max-delay", "10s"),
            Map.entry("dovetail.transaction.jitter", "0.2"),
            Map.entry("dovetail.transaction.retry-timeout", "30s"),
            Map.entry("dovetail.transaction.slow-threshold", "1s"),
            Map.entry("dovetail.cache.advice", "false"),
            Map.entry("dovetail.alerts.enabled", "true"),
            Map.entry("dovetail.alerts.raise-after", "3"),
            Map.entry("dovetail.alerts.out-of", "5"),
            Map.entry("dovetail.alerts.resolve-after", "3"),
            Map.entry("dovetail.alerts.cooldown", "5m"),
            Map.entry("dovetail.alerts.history", "100"),
            Map.entry("dovetail.alerts.webhook.url", ""),
            Map.entry("dovetail.alerts.webhook.secret", ""),
            Map.entry("dovetail.alerts.webhook.timeout", "5s"),
            Map.entry("dovetail.alerts.webhook.max-retries", "5"),
            Map.entry("dovetail.alerts.webhook.retry-delay", "1s"),
            Map.entry("dovetail.monitoring.health-interval", "60s"),
            Map.entry("dovetail.monitoring.rule-timeout", "10s"),
            Map.entry("dovetail.monitoring.minimum-sample", "100"),
            Map.entry("dovetail.monitoring.rules", ""),
            Map.entry("dovetail.backup.enabled", "false"),
            Map.entry("dovetail.backup.directory", "./data/backups"),
            Map.entry("dovetail.backup.interval", "24h"),
            Map.entry("dovetail.backup.keep-last", "7"),
            Map.entry("dovetail.backup.keep-days", "30"),
            Map.entry("dovetail.backup.compress", "false"),
            Map.entry("dovetail.backup.encrypt", "false"),
            Map.entry("dovetail.backup.pg-dump", ""),
            Map.entry("dovetail.encryption.active-key", ""),
            Map.entry("dovetail.encryption.keys", ""),
            Map.entry("dovetail.cache.caches", ""),
            Map.entry("dovetail.cache.coherence", "transactional"),
            Map.entry("dovetail.cache.enabled", "true"),
            Map.entry("dovetail.cache.maximum-size", "1000"),
            Map.entry("dovetail.cache.signals", "auto"),
            Map.entry("dovetail.cache.stale-ttl", "1h"),
            Map.entry("dovetail.cache.ttl", "5m"),
            Map.entry("dovetail.circuit-breaker.enabled", "true"),
            Map.entry("dovetail.circuit-breaker.failure-threshold", "5"),
            Map.entry("dovetail.circuit-breaker.open-duration", "10s"),
            Map.entry("dovetail.saga.ownership", "5m"),
            Map.entry("dovetail.saga.recovery-interval", "30s"),
            Map.entry("dovetail.saga.retention", "7d"),
            Map.entry("dovetail.migration.backup-before", "true"),
            Map.entry("dovetail.optimizer.enabled", "true"),
            Map.entry("dovetail.optimizer.time-of-day", "02:00"),
            Map.entry("dovetail.optimizer.zone", ""),
            Map.entry("dovetail.optimizer.interval", "24h"),
            Map.entry("dovetail.optimizer.checkpoint-interval", "5m"),
            Map.entry("dovetail.optimizer.incremental-vacuum", "true"),
            Map.entry("dovetail.optimizer.full-vacuum", "false"),
            Map.entry("dovetail.optimizer.analyze", "true"),
            Map.entry("dovetail.optimizer.integrity-interval", "7d"),
            Map.entry("dovetail.optimizer.free-share", "0.25"),
            Map.entry("dovetail.optimizer.free-size", "64MB"),
            Map.entry("dovetail.optimizer.log-size", "10MB"),
            Map.entry("dovetail.optimizer.stale-share", "0.1"),
            Map.entry("dovetail.optimizer.stale-rows", "1000"),
            Map.entry("dovetail.optimizer.dead-share", "0.2"),
            Map.entry("dovetail.optimizer.dead-rows", "10000"),
            Map.entry("dovetail.optimizer.autovacuum-grace", "10m"),
            Map.entry("dovetail.optimizer.lock-timeout", "5s"),
            Map.entry("dovetail.optimizer.statement-timeout", "120s"),
            Map.entry("dovetail.optimizer.retention", ""),
            Map.entry("dovetail.outbox.poll-interval", "1s"),
            Map.entry("dovetail.outbox.ownership", "30s"),
            Map.entry("dovetail.outbox.batch-size", "100"),
            Map.entry("dovetail.outbox.first-delay", "1s"),
            Map.entry("dovetail.outbox.max-delay", "5m"),
            Map.entry("dovetail.web.errors", "true"),
            Map.entry("dovetail.web.error-format", "problem-details"),
            Map.entry("dovetail.postgresql.startup-timeout", "30s"));

    @ParameterizedTest
    @MethodSource("dev.dovetail.autoconfigure.Metadata#properties")
    void everyPropertyIsDescribedAsSpringBootDescribesItsOwn(Property property) {
        assertThat(property.description())
                .as(property.name())
                .isNotBlank()
                .endsWith(".")
                .doesNotStartWith("The ")
                .doesNotStartWith("A ")
                .matches("[A-Z].*");
        if (property.type().equals("java.lang.Boolean")) {
            assertThat(property.description()).startsWith("Whether ");
        }
    }

    @Test
    void defaultsAreThoseOfTheDesign() {
        assertThat(Metadata.properties())
                .extracting(Property::name, Property::defaultValue)
                .containsExactlyInAnyOrderElementsOf(DEFAULTS.entrySet().stream()
                        .map(entry -> org.assertj.core.groups.Tuple.tuple(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @Test
    void valuesAreProposedWhereThereAreFew() {
        assertThat(Metadata.hints("dovetail.type")).containsExactly("sqlite", "postgresql");
        assertThat(Metadata.hints("dovetail.preset"))
                .containsExactlyInAnyOrderElementsOf(PresetEnvironmentPostProcessor.PRESETS.keySet());
    }

    @Test
    void theDocumentationSaysTheSame() {
        assertThat(Metadata.documented("configuration.md", "dovetail."))
                .containsExactlyElementsOf(
                        Metadata.properties().stream().map(Property::row).toList());
    }
}

package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A value that cannot work stops the start, with the property's name and what it accepts. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidPropertyTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dovetail.sqlite.readers=0                      | dovetail.sqlite.readers              | must be from 1 to 1000
            dovetail.sqlite.readers=many                   | dovetail.sqlite.readers              | Integer
            dovetail.sqlite.busy-timeout=-1s               | dovetail.sqlite.busy-timeout         | must not be negative
            dovetail.sqlite.busy-timeout=soon              | dovetail.sqlite.busy-timeout         | Duration
            dovetail.sqlite.cache-size=nonsense            | dovetail.sqlite.cache-size           | DataSize
            dovetail.sqlite.cache-size=-2000               | dovetail.sqlite.cache-size           | must not be negative
            dovetail.sqlite.reader-cache-size=-1MB         | dovetail.sqlite.reader-cache-size    | must not be negative
            dovetail.sqlite.journal-mode=rapid             | dovetail.sqlite.journal-mode         | JournalMode
            dovetail.sqlite.synchronous=sometimes          | dovetail.sqlite.synchronous          | Synchronous
            dovetail.sqlite.temp-store=disk                | dovetail.sqlite.temp-store           | TempStore
            dovetail.sqlite.prepared-statement-cache-size=-1    | dovetail.sqlite.prepared-statement-cache-size | must be from 0 to 10000
            dovetail.sqlite.prepared-statement-cache-size=10001 | dovetail.sqlite.prepared-statement-cache-size | must be from 0 to 10000
            dovetail.sqlite.auto-vacuum=hourly             | dovetail.sqlite.auto-vacuum          | AutoVacuum
            dovetail.sqlite.foreign-keys=perhaps           | dovetail.sqlite.foreign-keys         | boolean
            dovetail.sqlite.pragmas[a;b]=1                 | dovetail.sqlite.pragmas              | is not the name of a pragma
            dovetail.sqlite.pragmas.cell_size_check=1;x    | dovetail.sqlite.pragmas.cell_size_check | must be a word or a number
            dovetail.sqlite.pragmas.key=secret             | dovetail.sqlite.pragmas              | would not encrypt anything
            dovetail.postgresql.settings.work_mem=lots     | dovetail.postgresql.settings.work_mem | must be an amount of memory
            dovetail.postgresql.settings[a;b]=1            | dovetail.postgresql.settings.a;b     | is not the name of a PostgreSQL setting
            dovetail.postgresql.statement-timeout=-1s      | dovetail.postgresql.statement-timeout | must be between 0
            dovetail.postgresql.lock-timeout=-1s           | dovetail.postgresql.lock-timeout     | must be between 0
            dovetail.postgresql.idle-in-transaction-timeout=30d | dovetail.postgresql.idle-in-transaction-timeout | must be between 0
            dovetail.postgresql.replicas=not-a-url         | dovetail.postgresql.replicas[0]      | begins with
            dovetail.postgresql.ssl-bundle=missing         | dovetail.postgresql.ssl-bundle       | spring.ssl.bundle
            dovetail.monitoring.health-interval=1ms        | dovetail.monitoring.health-interval  | from 100ms to 1d
            dovetail.monitoring.rule-timeout=2d            | dovetail.monitoring.rule-timeout     | from 100ms to 1d
            dovetail.monitoring.minimum-sample=0           | dovetail.monitoring.minimum-sample   | 1 or more
            dovetail.monitoring.rules.pool.enabled=false   | dovetail.monitoring.rules.pool       | pool-use
            dovetail.monitoring.rules.pool-use.threshold=x | dovetail.monitoring.rules.pool-use.threshold | a share such as
            dovetail.monitoring.rules.sequences.threshold=x | dovetail.monitoring.rules.sequences.threshold | a share such as
            dovetail.monitoring.rules.settings.threshold=1 | dovetail.monitoring.rules.settings.threshold | compares no value
            dovetail.monitoring.rules.pool-use.severity=bad | dovetail.monitoring.rules.pool-use.severity | Severity
            dovetail.alerts.raise-after=6                  | dovetail.alerts.raise-after          | from 1 to 5
            dovetail.alerts.out-of=0                       | dovetail.alerts.out-of               | from 1 to 60
            dovetail.alerts.resolve-after=0                | dovetail.alerts.resolve-after        | from 1 to 60
            dovetail.alerts.cooldown=-1s                   | dovetail.alerts.cooldown             | 0 or more
            dovetail.alerts.history=-1                     | dovetail.alerts.history              | from 0
            dovetail.alerts.webhook.url=ftp://example.org  | dovetail.alerts.webhook.url          | http://
            dovetail.alerts.webhook.url=no address         | dovetail.alerts.webhook.url          | is no address
            dovetail.query-timeout=-1s                     | dovetail.query-timeout               | 0
            dovetail.transaction.max-retries=-1            | dovetail.transaction.max-retries     | 0 or more
            dovetail.transaction.multiplier=0.9            | dovetail.transaction.multiplier      | 1 or more
            dovetail.transaction.jitter=2                  | dovetail.transaction.jitter          | from 0 to 1
            dovetail.transaction.retry-delay=-1s           | dovetail.transaction.retry-delay     | from 0 to 1d
            dovetail.transaction.retry-delay=110000d       | dovetail.transaction.retry-delay     | from 0 to 1d
            dovetail.transaction.contention-delay=25h      | dovetail.transaction.contention-delay | from 0 to 1d
            dovetail.transaction.max-delay=110000d         | dovetail.transaction.max-delay       | from 0 to 1d
            dovetail.transaction.slow-threshold=-1ms       | dovetail.transaction.slow-threshold  | 0, for never, or longer
            dovetail.circuit-breaker.failure-threshold=0   | dovetail.circuit-breaker.failure-threshold | from 1 to 1000
            dovetail.circuit-breaker.failure-threshold=2000000000 | dovetail.circuit-breaker.failure-threshold | from 1 to 1000
            dovetail.circuit-breaker.open-duration=0       | dovetail.circuit-breaker.open-duration | from 1ms to 1d
            dovetail.circuit-breaker.open-duration=500us   | dovetail.circuit-breaker.open-duration | from 1ms to 1d
            dovetail.circuit-breaker.open-duration=110000d | dovetail.circuit-breaker.open-duration | from 1ms to 1d
            dovetail.postgresql.startup-timeout=-1s        | dovetail.postgresql.startup-timeout  | from 0 to 1d
            dovetail.postgresql.startup-timeout=25h        | dovetail.postgresql.startup-timeout  | from 0 to 1d
            dovetail.saga.ownership=0                      | dovetail.saga.ownership              | longer than 0
            dovetail.saga.retention=-1s                    | dovetail.saga.retention              | 0 or longer
            dovetail.outbox.batch-size=0                   | dovetail.outbox.batch-size           | 1 or more
            dovetail.outbox.max-delay=1ms                  | dovetail.outbox.max-delay            | first-delay or longer
            dovetail.cache.ttl=0                           | dovetail.cache.ttl                   | longer than 0
            dovetail.cache.ttl=366d                        | dovetail.cache.ttl                   | 365d at the longest
            dovetail.cache.maximum-size=0                  | dovetail.cache.maximum-size          | 1 or more
            dovetail.cache.stale-ttl=-1s                   | dovetail.cache.stale-ttl             | from 0 to 365d
            dovetail.cache.coherence=sometimes             | dovetail.cache.coherence             | Coherence
            dovetail.cache.caches.badges.ttl=-1s           | dovetail.cache.caches.badges.ttl     | longer than 0
            dovetail.cache.caches.badges.maximum-size=0    | dovetail.cache.caches.badges.maximum-size | 1 or more
            dovetail.slow-query-threshold=-1ms             | dovetail.slow-query-threshold        | 0, for never, or longer
            dovetail.monitoring.statements=0               | dovetail.monitoring.statements       | from 1 to 10000
            dovetail.monitoring.statements=10001           | dovetail.monitoring.statements       | from 1 to 10000
            dovetail.monitoring.repeated-query-threshold=1 | dovetail.monitoring.repeated-query-threshold | 0, for never, or at least 2
            dovetail.monitoring.large-result-rows=-1       | dovetail.monitoring.large-result-rows | 0, for never, or more
            dovetail.optimizer.retention.event.max-age=-1d | dovetail.optimizer.retention.event.max-age | longer than 0
            dovetail.optimizer.retention.event.max-age=9d  | dovetail.optimizer.retention.event.column | is missing
            dovetail.optimizer.retention.event.column=at   | dovetail.optimizer.retention.event.max-age | is missing
            dovetail.optimizer.retention.event.unit=hours  | dovetail.optimizer.retention.event.unit | EpochUnit
            """)
    void whenAValueCannotWorkThenItsPropertyIsNamed(String property, String name, String legal, CapturedOutput output) {
        assertThatThrownBy(
                        () -> StartedApplication.with("dovetail.sqlite.path=" + directory.resolve("app.db"), property)
                                .close())
                .isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START", name, legal, "Action:");
    }

    @ParameterizedTest
    @CsvSource({"0", "65536", "-1"})
    void whenThePortIsOutOfRangeThenTheRangeIsShown(String port, CapturedOutput output) {
        assertThatThrownBy(() -> StartedApplication.with(
                                "dovetail.postgresql.host=localhost", "dovetail.postgresql.port=" + port)
                        .close())
                .isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START", "dovetail.postgresql.port must be from 1 to 65535");
    }
}

package dev.dovetail.engine.postgresql;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How the application uses PostgreSQL. Immutable; {@link #toString()} holds neither URLs nor values of settings.
 *
 * <p>A timeout of zero means none. Timeouts count in milliseconds and reach at most 24 days, as the server has it.
 *
 * @param replicas URLs of replicas, to which read-only transactions go, in any form the primary's URL may have; each
 *     stands for itself, but takes credentials and database from the primary where it names none; empty by default
 * @param statementTimeout after which the server stops a statement; 30 s by default
 * @param lockTimeout how long a statement waits for a lock; 10 s by default
 * @param idleInTransactionTimeout after which the server ends a session that sits in an open transaction; 60 s by default
 * @param queryTimeout the layer's own ceiling for a statement, on any engine; 30 s by default
 * @param settings further settings of the session, for example {@code work_mem}; none by default
 * @param sslSocketFactory speaks TLS as an SSL bundle says; without one the driver's own settings hold
 */
public record PostgresqlSettings(
        List<String> replicas,
        Duration statementTimeout,
        Duration lockTimeout,
        Duration idleInTransactionTimeout,
        Duration queryTimeout,
        Map<String, String> settings,
        @Nullable SSLSocketFactory sslSocketFactory) {

    /**
     * @throws IllegalArgumentException if a timeout is out of range, a replica's URL cannot be read, or a setting is not
     *     one that can be applied
     */
    public PostgresqlSettings {
        replicas = List.copyOf(replicas);
        settings = unmodifiableCopy(settings);
        SettingRules.requireTimeout("dovetail.postgresql.statement-timeout", statementTimeout);
        SettingRules.requireTimeout("dovetail.postgresql.lock-timeout", lockTimeout);
        SettingRules.requireTimeout("dovetail.postgresql.idle-in-transaction-timeout", idleInTransactionTimeout);
        SettingRules.requireTimeout("dovetail.query-timeout", queryTimeout);
        settings.forEach(SettingRules::requireSetting);
        for (int i = 0; i < replicas.size(); i++) {
            requireUrl("dovetail.postgresql.replicas[%s]".formatted(i), replicas.get(i));
        }
    }

    /** The settings of an application that says nothing. */
    public static PostgresqlSettings defaults() {
        return new PostgresqlSettings(
                List.of(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Map.of(),
                null);
    }

    /** The smaller of statement timeout and query timeout; zero if there is neither. */
    Duration effectiveStatementTimeout() {
        return Stream.of(statementTimeout, queryTimeout)
                .filter(timeout -> !timeout.isZero())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Map<String, String> unmodifiableCopy(Map<String, String> settings) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    private static void requireUrl(String property, String url) {
        try {
            PostgresqlUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "PostgresqlSettings[%s replicas, statementTimeout=%s, lockTimeout=%s, idleInTransactionTimeout=%s, settings=%s]"
                .formatted(
                        replicas.size(),
                        effectiveStatementTimeout(),
                        lockTimeout,
                        idleInTransactionTimeout,
                        settings.keySet());
    }
}

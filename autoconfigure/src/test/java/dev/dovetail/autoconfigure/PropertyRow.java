package dev.dovetail.autoconfigure;

import dev.dovetail.Database;
import dev.dovetail.backup.BackupSchedule;
import dev.dovetail.backup.BackupSettings;
import dev.dovetail.cache.CacheSettings;
import dev.dovetail.cache.Coherence;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.cache.coherence.CacheCoherence;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.encryption.KeyRing;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ReusableStatement;
import dev.dovetail.migration.BackupPolicy;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import dev.dovetail.transaction.CircuitSettings;
import dev.dovetail.transaction.CircuitStates;
import dev.dovetail.transaction.OutboxSettings;
import dev.dovetail.transaction.RetrySettings;
import dev.dovetail.transaction.SagaSettings;
import dev.dovetail.transaction.TransactionJournal;
import dev.dovetail.web.ErrorFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A property, a value that is not its default, and what can be seen of it from outside.
 *
 * @param setting {@code name=value}
 * @param base what else the application is configured with, with and without the property
 * @param probe looks at the running application
 * @param expected what it sees when the property is set; without it, it must see something else
 */
record PropertyRow(String setting, List<String> base, Function<ApplicationContext, Object> probe, Object expected) {

    private static final List<String> SQLITE = List.of();

    private static final TestDatabase SERVER = PostgresServer.shared().newDatabase();
    /** Some of these look for a server where none is, and need not wait for it to see that. */
    private static final String AT_ONCE = "dovetail.postgresql.startup-timeout=0s";

    private static final List<String> POSTGRESQL = Stream.concat(
                    Stream.of(Wiring.properties(SERVER)), Stream.of(AT_ONCE))
            .toList();
    private static final String HOST =
            "dovetail.postgresql.host=" + SERVER.info().host();
    private static final String PORT =
            "dovetail.postgresql.port=" + SERVER.info().port();
    private static final String DATABASE =
            "dovetail.postgresql.database=" + SERVER.info().database();

    /** What is seen of an application that does not start. */
    static final String NO_START = "does not start";

    String property() {
        return setting.substring(0, setting.indexOf('='))
                .replaceAll("\\.(pragmas|settings|caches|keys|retention|rules)\\..*", ".$1");
    }

    @Override
    public String toString() {
        return setting;
    }

    static Stream<PropertyRow> all() {
        return Stream.of(
                        general(),
                        ofSqlite(),
                        ofPostgresql(),
                        ofTransactions(),
                        ofWhatFollowsThem(),
                        ofCaches(),
                        ofBackups(),
                        OptimizerPropertyRows.all(),
                        MonitoringPropertyRows.all(),
                        HealthPropertyRows.all())
                .flatMap(Function.identity());
    }

    private static Stream<PropertyRow> general() {
        return Stream.of(
                sqlite("dovetail.enabled=false", context -> has(context, RoutingDataSource.class), false),
                new PropertyRow("dovetail.type=sqlite", parts(HOST, PORT, DATABASE), PropertyRow::engine, "sqlite"),
                sqlite("dovetail.preset=development", PropertyRow::leakDetection, 60000L),
                postgresql("dovetail.query-timeout=1s", shown("statement_timeout"), "1s"));
    }

    private static Stream<PropertyRow> ofSqlite() {
        return Stream.of(
                sqlite("dovetail.sqlite.path=:memory:", context -> url(context).endsWith("memory.db"), true),
                sqlite("dovetail.sqlite.journal-mode=delete", pragma("journal_mode"), "delete"),
                sqlite("dovetail.sqlite.synchronous=full", pragma("synchronous"), "2"),
                sqlite("dovetail.sqlite.cache-size=8MB", pragma("cache_size"), "-8000"),
                sqlite("dovetail.sqlite.reader-cache-size=4MB", PropertyRow::readersCache, "-4000"),
                sqlite("dovetail.sqlite.busy-timeout=1s", pragma("busy_timeout"), "1000"),
                sqlite("dovetail.sqlite.readers=7", context -> pool(context, 1), 7),
                sqlite("dovetail.sqlite.foreign-keys=false", pragma("foreign_keys"), "0"),
                sqlite("dovetail.sqlite.temp-store=file", pragma("temp_store"), "1"),
                sqlite("dovetail.sqlite.auto-vacuum=full", pragma("auto_vacuum"), "1"),
                sqlite("dovetail.sqlite.prepared-statement-cache-size=0", PropertyRow::keepsStatements, false),
                sqlite("dovetail.sqlite.pragmas.wal_autocheckpoint=500", pragma("wal_autocheckpoint"), "500"));
    }

    private static Stream<PropertyRow> ofPostgresql() {
        return Stream.of(
                new PropertyRow(HOST, parts(PORT, DATABASE), PropertyRow::engine, "postgresql"),
                new PropertyRow(PORT, parts(HOST, DATABASE), PropertyRow::engine, "postgresql"),
                new PropertyRow(DATABASE, parts(HOST, PORT), PropertyRow::engine, "postgresql"),
                postgresql("dovetail.postgresql.replicas=" + SERVER.jdbcUrl(), context -> pool(context, 1), 10),
                postgresql("dovetail.postgresql.statement-timeout=7s", shown("statement_timeout"), "7s"),
                postgresql("dovetail.postgresql.lock-timeout=3s", shown("lock_timeout"), "3s"),
                postgresql(
                        "dovetail.postgresql.idle-in-transaction-timeout=20s",
                        shown("idle_in_transaction_session_timeout"),
                        "20s"),
                postgresql("dovetail.postgresql.ssl-bundle=ours", PropertyRow::engine, NO_START),
                postgresql("dovetail.postgresql.settings.work_mem=12MB", shown("work_mem"), "12MB"));
    }

    private static Stream<PropertyRow> ofTransactions() {
        return Stream.of(
                sqlite("dovetail.transaction.max-retries=7", retries(RetrySettings::maxRetries), 7),
                sqlite(
                        "dovetail.transaction.retry-delay=3s",
                        retries(RetrySettings::retryDelay),
                        Duration.ofSeconds(3)),
                sqlite(
                        "dovetail.transaction.contention-delay=5ms",
                        retries(RetrySettings::contentionDelay),
                        Duration.ofMillis(5)),
                sqlite("dovetail.transaction.multiplier=3", retries(RetrySettings::multiplier), 3.0),
                sqlite("dovetail.transaction.max-delay=1m", retries(RetrySettings::maxDelay), Duration.ofMinutes(1)),
                sqlite("dovetail.transaction.jitter=0.5", retries(RetrySettings::jitter), 0.5),
                sqlite(
                        "dovetail.transaction.retry-timeout=2m",
                        retries(RetrySettings::retryTimeout),
                        Duration.ofMinutes(2)),
                sqlite(
                        "dovetail.transaction.slow-threshold=9s",
                        context -> context.getBean(TransactionJournal.class).slowThreshold(),
                        Duration.ofSeconds(9)),
                sqlite("dovetail.circuit-breaker.enabled=false", context -> has(context, CircuitStates.class), false),
                sqlite(
                        "dovetail.circuit-breaker.failure-threshold=9",
                        context -> context.getBean(CircuitSettings.class).failureThreshold(),
                        9),
                sqlite(
                        "dovetail.circuit-breaker.open-duration=9s",
                        context -> context.getBean(CircuitSettings.class).openDuration(),
                        Duration.ofSeconds(9)));
    }

    private static Stream<PropertyRow> ofWhatFollowsThem() {
        return Stream.of(
                RetentionPropertyRows.maxAge(),
                sqlite(
                        "dovetail.saga.ownership=9s",
                        context -> context.getBean(SagaSettings.class).ownership(),
                        Duration.ofSeconds(9)),
                sqlite(
                        "dovetail.saga.recovery-interval=9s",
                        context -> context.getBean(SagaSettings.class).recoveryInterval(),
                        Duration.ofSeconds(9)),
                sqlite(
                        "dovetail.saga.retention=9d",
                        context -> context.getBean(SagaSettings.class).retention(),
                        Duration.ofDays(9)),
                sqlite("dovetail.outbox.poll-interval=9s", outbox(OutboxSettings::pollInterval), Duration.ofSeconds(9)),
                sqlite("dovetail.outbox.ownership=9s", outbox(OutboxSettings::ownership), Duration.ofSeconds(9)),
                sqlite("dovetail.outbox.batch-size=9", outbox(OutboxSettings::batchSize), 9),
                sqlite("dovetail.outbox.first-delay=9s", outbox(OutboxSettings::firstDelay), Duration.ofSeconds(9)),
                sqlite("dovetail.outbox.max-delay=9m", outbox(OutboxSettings::maxDelay), Duration.ofMinutes(9)),
                // Their effects are seen where there is a web application, and a server that is started late.
                sqlite(
                        "dovetail.web.errors=false",
                        bound(properties -> properties.web().errors()),
                        false),
                sqlite(
                        "dovetail.web.error-format=error-object",
                        bound(properties -> properties.web().errorFormat()),
                        ErrorFormat.ERROR_OBJECT),
                sqlite(
                        "dovetail.postgresql.startup-timeout=9s",
                        bound(properties -> properties.postgresql().startupTimeout()),
                        Duration.ofSeconds(9)));
    }

    private static Stream<PropertyRow> ofCaches() {
        return Stream.of(
                sqlite(
                        "dovetail.cache.enabled=false",
                        context -> context.getBeanProvider(ResultCaches.class).getIfAvailable() != null,
                        false),
                sqlite("dovetail.cache.ttl=9s", caches(CacheSettings::ttl), Duration.ofSeconds(9)),
                sqlite("dovetail.cache.maximum-size=9", caches(CacheSettings::maximumSize), 9L),
                sqlite("dovetail.cache.stale-ttl=9s", caches(CacheSettings::staleTtl), Duration.ofSeconds(9)),
                sqlite(
                        "dovetail.cache.caches.badges.maximum-size=9",
                        context ->
                                context.getBean(Database.class).caches().names().contains("badges")
                                        ? context.getBean(Database.class)
                                                .caches()
                                                .statistics("badges")
                                                .maximumSize()
                                        : 0,
                        9L),
                sqlite(
                        "dovetail.cache.advice=true",
                        context -> context.getBean(Database.class).caches().isAdvising(),
                        true),
                // Its effects are seen where there is another instance.
                sqlite(
                        "dovetail.cache.coherence=none",
                        bound(properties -> properties.cache().coherence()),
                        Coherence.NONE),
                sqlite(
                        "dovetail.cache.signals=table",
                        bound(properties -> properties.cache().signals()),
                        CacheCoherence.Signals.TABLE));
    }

    private static Function<ApplicationContext, Object> caches(Function<CacheSettings, Object> part) {
        return context -> part.apply(context.getBean(CacheSettings.class));
    }

    private static Function<ApplicationContext, Object> retries(Function<RetrySettings, Object> part) {
        return context -> part.apply(context.getBean(RetrySettings.class));
    }

    private static Function<ApplicationContext, Object> outbox(Function<OutboxSettings, Object> part) {
        return context -> part.apply(context.getBean(OutboxSettings.class));
    }

    private static Function<ApplicationContext, Object> bound(Function<DovetailProperties, Object> part) {
        return context -> part.apply(context.getBean(DovetailProperties.class));
    }

    private static Stream<PropertyRow> ofBackups() {
        String key = "dovetail.encryption.keys.k=" + Base64.getEncoder().encodeToString(new byte[32]);
        return Stream.of(
                sqlite(
                        "dovetail.backup.enabled=true",
                        context -> context.getBeanProvider(BackupSchedule.class).getIfAvailable() != null,
                        true),
                sqlite(
                        "dovetail.backup.directory=/tmp/elsewhere",
                        backups(settings -> settings.directory().toString()),
                        "/tmp/elsewhere"),
                new PropertyRow(
                        "dovetail.backup.interval=9h",
                        List.of("dovetail.backup.enabled=true"),
                        context -> context.getBean(BackupSchedule.class).interval(),
                        Duration.ofHours(9)),
                sqlite("dovetail.backup.keep-last=9", backups(BackupSettings::keepLast), 9),
                sqlite("dovetail.backup.keep-days=9", backups(BackupSettings::keepDays), 9),
                sqlite("dovetail.backup.compress=true", backups(BackupSettings::compress), true),
                new PropertyRow(
                        "dovetail.backup.encrypt=true",
                        List.of("dovetail.encryption.active-key=k", key),
                        backups(BackupSettings::encrypt),
                        true),
                sqlite(
                        "dovetail.backup.pg-dump=/opt/pg_dump",
                        backups(settings -> String.valueOf(settings.tool())),
                        "/opt/pg_dump"),
                new PropertyRow(
                        "dovetail.encryption.active-key=k",
                        List.of(key),
                        context -> context.getBean(KeyRing.class).active(),
                        Optional.of("k")),
                // Its effects are seen where there is something to migrate.
                sqlite(
                        "dovetail.migration.backup-before=false",
                        bound(properties -> properties.migration().policy()),
                        BackupPolicy.NEVER),
                sqlite(key, context -> context.getBean(KeyRing.class).names(), Set.of("k")));
    }

    private static Function<ApplicationContext, Object> backups(Function<BackupSettings, Object> value) {
        return context -> value.apply(context.getBean(BackupSettings.class));
    }

    private static PropertyRow sqlite(String setting, Function<ApplicationContext, Object> probe, Object expected) {
        return new PropertyRow(setting, SQLITE, probe, expected);
    }

    private static PropertyRow postgresql(String setting, Function<ApplicationContext, Object> probe, Object expected) {
        return new PropertyRow(setting, POSTGRESQL, probe, expected);
    }

    private static List<String> parts(String... parts) {
        String username = "spring.datasource.username=" + SERVER.username();
        String password = "spring.datasource.password=" + SERVER.password();
        return Stream.concat(Stream.of(parts), Stream.of(username, password, AT_ONCE))
                .toList();
    }

    private static boolean has(ApplicationContext context, Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    private static String engine(ApplicationContext context) {
        return context.getBean(Database.class).info().engine();
    }

    private static String url(ApplicationContext context) {
        return context.getBean(EngineConnections.class).url();
    }

    private static long leakDetection(ApplicationContext context) {
        return context.getBean(RoutingDataSource.class).hikariPools().get(0).getLeakDetectionThreshold();
    }

    private static int pool(ApplicationContext context, int index) {
        var pools = context.getBean(RoutingDataSource.class).pools();
        return pools.size() <= index ? 0 : pools.get(index).maximum();
    }

    private static Function<ApplicationContext, Object> pragma(String name) {
        return context -> ask(context, "PRAGMA " + name);
    }

    private static Function<ApplicationContext, Object> shown(String name) {
        return context -> ask(context, "SHOW " + name);
    }

    private static String readersCache(ApplicationContext context) {
        TransactionTemplate readOnly = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        readOnly.setReadOnly(true);
        return Objects.requireNonNull(readOnly.execute(status -> ask(context, "PRAGMA cache_size")));
    }

    private static boolean keepsStatements(ApplicationContext context) {
        try (Connection connection = context.getBean(DataSource.class).getConnection()) {
            return behind(connection).equals(behind(connection));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ReusableStatement behind(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            return statement.unwrap(ReusableStatement.class);
        }
    }

    private static String ask(ApplicationContext context, String question) {
        return context.getBean(JdbcClient.class)
                .sql(question)
                .query(String.class)
                .single();
    }
}

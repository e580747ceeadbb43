package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.BulkLoad;
import dev.dovetail.engine.Capabilities;
import dev.dovetail.engine.ChangeSignals;
import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseCheck;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.DatabaseUpkeep;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.IntegrityIssue;
import dev.dovetail.engine.PlanTrials;
import dev.dovetail.engine.QueryPlan;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.StatementTables;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.sql.SqlSyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, and the products that speak its protocol and its SQL.
 *
 * <p>Takes {@code jdbc:postgresql:}, {@code postgres://} and {@code postgresql://} URLs. What a URL says as a parameter
 * wins over the settings of this engine; user and password of the target win over the URL's. Safe for use by several
 * threads.
 */
public final class PostgresqlEngine implements DatabaseEngine {

    private final PostgresqlSettings settings;
    private final OpenedSessions sessions = new OpenedSessions();

    /** @param settings how sessions are set up, and where the replicas are */
    public PostgresqlEngine(PostgresqlSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String driverClassName() {
        return "org.postgresql.Driver";
    }

    @Override
    public boolean accepts(String url) {
        return PostgresqlUrl.accepts(url);
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.STANDARD;
    }

    /**
     * {@inheritDoc}
     *
     * <p>There is no default: without a URL nothing is guessed, least of all a password.
     */
    @Override
    public EngineConnections connect(ConnectionTarget target) {
        return new PostgresqlConnections(urlOf(target.url()), target, settings, sessions);
    }

    private static PostgresqlUrl urlOf(@Nullable String url) {
        if (url == null) {
            throw new DatabaseStartException(
                    "PostgreSQL was chosen, but there is no URL of a server",
                    "Set spring.datasource.url, for example to jdbc:postgresql://localhost:5432/app, or"
                            + " dovetail.postgresql.host; and spring.datasource.username and"
                            + " spring.datasource.password.",
                    null);
        }
        try {
            return PostgresqlUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new DatabaseStartException(
                    String.valueOf(e.getMessage()),
                    "Correct spring.datasource.url. Its form is jdbc:postgresql://host:5432/database;"
                            + " user and password are best kept out of it.",
                    e);
        }
    }

    @Override
    public DatabaseInfo describe(Connection connection) throws SQLException {
        Map<String, String> expected = sessions.expectedOf(connection);
        return ServerDescription.read(connection, expected != null ? expected : expectedBySettings());
    }

    private Map<String, String> expectedBySettings() {
        return SessionOptions.of(settings, ConnectionRole.WRITER, null).values();
    }

    @Override
    public ColumnCodec codec(ColumnType type) {
        return PostgresqlCodecs.of(type);
    }

    @Override
    public Object parameter(Object value) {
        return PostgresqlCodecs.byClass(value);
    }

    @Override
    public <T> @Nullable T read(ResultSet resultSet, int index, Class<T> type) throws SQLException {
        if (type != Instant.class && type != ZonedDateTime.class) {
            return resultSet.getObject(index, type);
        }
        OffsetDateTime moment = resultSet.getObject(index, OffsetDateTime.class);
        if (moment == null) {
            return null;
        }
        return type.cast(type == Instant.class ? moment.toInstant() : moment.atZoneSameInstant(ZoneOffset.UTC));
    }

    @Override
    public @Nullable Object read(ResultSet resultSet, int index) throws SQLException {
        Class<?> unshifted = PostgresqlCodecs.unshifted(resultSet.getMetaData().getColumnTypeName(index));
        return unshifted == null ? resultSet.getObject(index) : resultSet.getObject(index, unshifted);
    }

    @Override
    public DatabaseError classify(SQLException error) {
        return PostgresqlErrors.classify(error);
    }

    // What cannot be written is a standby: after a failover the next connection leads to the server that is none.
    @Override
    public boolean isTransient(DatabaseError error) {
        return error.code() == ErrorCode.READ_ONLY_DATABASE
                || (!SqlStates.isOfOneSession(error.sqlState()) && DatabaseEngine.super.isTransient(error));
    }

    // A server that has no connection left serves those it has.
    @Override
    public boolean isOutage(DatabaseError error) {
        return !SqlStates.TOO_MANY_CONNECTIONS.equals(error.sqlState())
                && !SqlStates.isOfOneSession(error.sqlState())
                && DatabaseEngine.super.isOutage(error);
    }

    @Override
    public SQLException refine(SQLException error, boolean readOnly) {
        return readOnly ? ReadOnlyTransactionException.mark(error) : error;
    }

    @Override
    public DatabaseStartException explainStartFailure(ConnectionTarget target, SQLException error) {
        return StartFailure.of(target, settings, error).explain();
    }

    @Override
    public SqlSyntax syntax() {
        return SqlSyntax.POSTGRESQL;
    }

    @Override
    public SqlDialect sql() {
        return PostgresqlSql.INSTANCE;
    }

    @Override
    public Map<String, String> migrationWords() {
        return MigrationWords.ALL;
    }

    @Override
    public List<TableInfo> tables(Connection connection) throws SQLException {
        return PostgresqlTables.read(connection);
    }

    @Override
    public @Nullable String schemaVersion(Connection connection) throws SQLException {
        return SchemaVersion.read(connection);
    }

    @Override
    public StatementTables tablesOf(Connection connection, String sql) throws SQLException {
        return PostgresqlStatementTables.of(connection, sql);
    }

    @Override
    public List<IntegrityIssue> integrityIssues(Connection connection) throws SQLException {
        return UnvalidatedConstraint.find(connection).stream()
                .map(UnvalidatedConstraint::issue)
                .toList();
    }

    @Override
    public @Nullable String loadStatement(
            Connection connection, TableInfo table, List<ColumnInfo> columns, boolean allocated) throws SQLException {
        return CopyStatement.of(connection, table, columns, allocated);
    }

    @Override
    public long load(Connection connection, BulkLoad load, Duration limit) throws SQLException {
        return new Copy(connection, load).run(limit);
    }

    @Override
    public QueryPlan planOf(Connection connection, String query) throws SQLException {
        return PlanOfAnyValues.of(TableUpkeep.physical(connection), query);
    }

    @Override
    public DatabaseUpkeep upkeep() {
        return PostgresqlUpkeep.INSTANCE;
    }

    @Override
    public PlanTrials planTrials() {
        return PostgresqlTrials.INSTANCE;
    }

    @Override
    public List<DatabaseCheck> checks() {
        return List.of(
                new IndexCheck(IndexCheck.OLD_ENOUGH),
                new ConstraintCheck(),
                new SequenceCheck(),
                new ServerSettingsCheck());
    }

    @Override
    public List<HealthProbe> healthProbes() {
        return ServerProbes.all();
    }

    @Override
    public ChangeSignals changeSignals() {
        return Notifications.INSTANCE;
    }

    @Override
    public String toString() {
        return "PostgresqlEngine[" + settings + "]";
    }

    @Override
    public String completeGenerated(String sql) {
        return GeneratedSql.complete(sql);
    }
}

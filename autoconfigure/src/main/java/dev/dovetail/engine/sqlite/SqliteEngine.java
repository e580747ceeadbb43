package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.Capabilities;
import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseCheck;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.DatabaseUpkeep;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.IntegrityIssue;
import dev.dovetail.engine.MomentColumn;
import dev.dovetail.engine.PlanTrials;
import dev.dovetail.engine.QueryPlan;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.StatementTables;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.sql.SqlSyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQLite: one file, one writer, many readers. */
public final class SqliteEngine implements DatabaseEngine {

    private static final Capabilities CAPABILITIES = new Capabilities(true, true, false);

    private final SqliteSettings settings;

    public SqliteEngine(SqliteSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String driverClassName() {
        return "org.sqlite.JDBC";
    }

    @Override
    public boolean accepts(String url) {
        return url.startsWith("jdbc:sqlite:");
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public EngineConnections connect(ConnectionTarget target) {
        return connect(target, true);
    }

    @Override
    public EngineConnections connectToExisting(ConnectionTarget target) {
        return connect(target, false);
    }

    private EngineConnections connect(ConnectionTarget target, boolean create) {
        refusePassword(target.password());
        return new SqliteConnections(settings, SqliteLocation.of(target.url(), settings.path()), create);
    }

    // The driver would create a plain file and say nothing.
    private static void refusePassword(@Nullable String password) {
        if (password != null && !password.isEmpty()) {
            throw new DatabaseStartException(
                    "A password is set for SQLite, but the driver cannot encrypt: the file would be readable by anyone",
                    "Remove spring.datasource.password. For encryption at rest use an encrypted volume.",
                    null);
        }
    }

    @Override
    public DatabaseInfo describe(Connection connection) throws SQLException {
        return new DatabaseInfo(
                name(),
                "SQLite",
                SqliteConnections.version(connection),
                CAPABILITIES,
                new Pragmas(settings).readBack(connection),
                Map.of());
    }

    @Override
    public ColumnCodec codec(ColumnType type) {
        return SqliteCodecs.of(type);
    }

    @Override
    public @Nullable MomentColumn moments(String column, ColumnType type, @Nullable EpochUnit unit) {
        return SqliteMoments.of(column, type, unit);
    }

    @Override
    public Object parameter(Object value) {
        return SqliteCodecs.byClass(value);
    }

    @Override
    public <T> @Nullable T read(ResultSet resultSet, int index, Class<T> type) throws SQLException {
        Function<Object, ?> reading = SqliteStored.READINGS.get(type);
        if (reading == null) {
            return resultSet.getObject(index, type);
        }
        Object stored = resultSet.getObject(index);
        return stored == null ? null : type.cast(reading.apply(stored));
    }

    @Override
    public @Nullable Object as(Object stored, Class<?> type) {
        Function<Object, ?> reading = SqliteStored.READINGS.get(type);
        return reading == null ? null : reading.apply(stored);
    }

    @Override
    public OptionalLong reserveIds(Connection connection, String table, String idColumn, int count)
            throws SQLException {
        return SqliteIds.reserve(connection, table, idColumn, count);
    }

    @Override
    public DatabaseError classify(SQLException error) {
        return SqliteErrors.classify(error);
    }

    // A file that cannot be opened now cannot be opened in a second either.
    @Override
    public boolean isTransient(DatabaseError error) {
        return error.code() != ErrorCode.UNREACHABLE && DatabaseEngine.super.isTransient(error);
    }

    @Override
    public SQLException refine(SQLException error, boolean readOnly) {
        return SqliteErrors.refine(error, readOnly);
    }

    @Override
    public DatabaseStartException explainStartFailure(ConnectionTarget target, SQLException error) {
        SqliteLocation location = SqliteLocation.of(target.url(), settings.path());
        return SqliteStartFailures.explain(
                location.description(), SqliteErrors.classify(error).code(), error);
    }

    @Override
    public SqlSyntax syntax() {
        return SqlSyntax.SQLITE;
    }

    @Override
    public SqlDialect sql() {
        return SqliteSql.INSTANCE;
    }

    @Override
    public Map<String, String> migrationWords() {
        return SqliteWords.all();
    }

    @Override
    public List<TableInfo> tables(Connection connection) throws SQLException {
        return SqliteTables.read(connection);
    }

    @Override
    public String completeGenerated(String sql) {
        return GeneratedSql.complete(sql);
    }

    @Override
    public String schemaVersion(Connection connection) throws SQLException {
        return SqliteTables.version(connection);
    }

    @Override
    public StatementTables tablesOf(Connection connection, String sql) throws SQLException {
        return SqliteStatementTables.of(connection, sql);
    }

    @Override
    public List<IntegrityIssue> integrityIssues(Connection connection) throws SQLException {
        return SqliteOrphans.find(connection);
    }

    @Override
    public QueryPlan planOf(Connection connection, String query) throws SQLException {
        return SqlitePlans.ofAnyValues(connection.unwrap(SqliteConnection.class), query);
    }

    @Override
    public DatabaseUpkeep upkeep() {
        return SqliteUpkeep.INSTANCE;
    }

    @Override
    public PlanTrials planTrials() {
        return SqliteTrials.INSTANCE;
    }

    @Override
    public List<DatabaseCheck> checks() {
        return List.of(new RedundantIndexCheck(), new SettingsCheck());
    }

    @Override
    public List<HealthProbe> healthProbes() {
        return SqliteProbes.all();
    }

    @Override
    public Long outsideChanges(Connection writer) throws SQLException {
        return DataVersion.of(writer.unwrap(SqliteConnection.class));
    }
}

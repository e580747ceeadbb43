package dev.dovetail.engine;

import dev.dovetail.sql.SqlSyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One kind of database: how it is recognised, connected to, and what its errors mean.
 *
 * <p>Implementations are stateless but for their settings and safe for use by several threads. A bean of this type adds
 * an engine; the one whose {@link #name()} is {@code dovetail.type}, or that {@linkplain #accepts accepts} the URL, is
 * used.
 */
public interface DatabaseEngine {

    /** The value of {@code dovetail.type} that chooses this engine, also the {@code {vendor}} of migrations. */
    String name();

    /** The JDBC driver that must be on the class path. */
    String driverClassName();

    /** Whether the URL, in any form this engine understands, names a database of this kind. */
    boolean accepts(String url);

    /** What this engine can do that another may not. */
    Capabilities capabilities();

    /**
     * Prepares to connect; the first connection is opened by {@link EngineConnections#open}.
     *
     * @throws DatabaseStartException if the target can be seen to be wrong without connecting
     */
    EngineConnections connect(ConnectionTarget target);

    /** As {@link #connect}, for those who look after a database and make none: where there is no file, there is none afterwards. */
    default EngineConnections connectToExisting(ConnectionTarget target) {
        return connect(target);
    }

    /** Reads which product answers, its version, and the settings that are in force on this connection. */
    DatabaseInfo describe(Connection connection) throws SQLException;

    /** What an error of this engine means. */
    DatabaseError classify(SQLException error);

    /**
     * Whether a unit of work that failed with this error, and was rolled back, may succeed if it is run again soon: others were in
     * its way, or the connection was lost and another can be opened.
     */
    default boolean isTransient(DatabaseError error) {
        return switch (error.code()) {
            case LOCK_TIMEOUT, SERIALIZATION_FAILURE, DEADLOCK, UNREACHABLE -> true;
            default -> false;
        };
    }

    /**
     * Whether this error says that the database as a whole does not answer, or not for those who write: asking it again at once
     * only makes callers wait. Errors in what was asked are none, nor is a connection that only its own transaction lost.
     */
    default boolean isOutage(DatabaseError error) {
        return switch (error.code()) {
            case UNREACHABLE, OUTCOME_UNKNOWN, READ_ONLY_DATABASE, STORAGE_FULL, STORAGE_FAILURE, CORRUPT -> true;
            default -> false;
        };
    }

    /**
     * An error as the layer lets it out: with the SQLState the standard gives it, so that every library above JDBC
     * understands it. The original is kept as cause.
     *
     * @param readOnly whether the connection was opened or declared read-only
     */
    default SQLException refine(SQLException error, boolean readOnly) {
        return error;
    }

    /** What to tell somebody whose application could not connect: the cause and the next step, without a secret. */
    DatabaseStartException explainStartFailure(ConnectionTarget target, SQLException error);

    /** Words for portable migrations, for example {@code identity}, and what they stand for here. */
    default Map<String, String> migrationWords() {
        return Map.of();
    }

    /**
     * The tables and views the connection's user can see and that are not the database's own, with their columns, keys and
     * indexes, ordered by name. The application's default schema comes first where there are several. An engine that does
     * not say returns none.
     */
    default List<TableInfo> tables(Connection connection) throws SQLException {
        return List.of();
    }

    /** By whose rules its texts are cut into words. */
    default SqlSyntax syntax() {
        return SqlSyntax.ANY;
    }

    /** The words in which this engine differs from another, for the queries the library writes itself. */
    default SqlDialect sql() {
        return SqlDialect.STANDARD;
    }

    /**
     * A text that is another one after each change to what {@link #tables} returns, and cheap to ask for; null if this engine
     * has none. Two transactions of which one was rolled back may have seen the same one.
     */
    default @Nullable String schemaVersion(Connection connection) throws SQLException {
        return null;
    }

    /**
     * Which tables a statement reads and writes, as the connection sees them now: through views, triggers, rules and foreign
     * keys too. Asked once per text; runs nothing of the statement. In doubt it is {@link StatementTables#UNKNOWN}.
     *
     * @param connection a physical one, on which the statement is about to run, maybe in a transaction
     */
    default StatementTables tablesOf(Connection connection, String sql) throws SQLException {
        return StatementTables.UNKNOWN;
    }

    /** How this database tells others of changes; null if it has no way of its own. */
    default @Nullable ChangeSignals changeSignals() {
        return null;
    }

    /**
     * A number that is another one after others than this connection have committed something, and that the connection's own
     * commits do not change; null if the engine has none. Costs a few microseconds, and begins no transaction.
     *
     * @param writer a physical one
     */
    default @Nullable Long outsideChanges(Connection writer) throws SQLException {
        return null;
    }

    /**
     * What the database itself finds wrong with the data or its constraints; reads only. An engine that does not look finds
     * nothing.
     */
    default List<IntegrityIssue> integrityIssues(Connection connection) throws SQLException {
        return List.of();
    }

    /** How a database of this kind is kept small and fast. */
    default DatabaseUpkeep upkeep() {
        return DatabaseUpkeep.NONE;
    }

    /**
     * How a query would run, whatever its values are: it is not run, and the answer holds none of the values that stand in its
     * text. Null if this engine does not say.
     *
     * @param connection one that can read, in autocommit mode
     * @param query a single statement that only reads, with {@code ?} for what is bound
     */
    default @Nullable QueryPlan planOf(Connection connection, String query) throws SQLException {
        return null;
    }

    /** How indexes are tried that do not exist; null if this engine cannot. */
    default @Nullable PlanTrials planTrials() {
        return null;
    }

    /** What about a database of this kind could be better, each looked for by itself. */
    default List<DatabaseCheck> checks() {
        return List.of();
    }

    /** What to ask a database of this kind from time to time to know whether it is well; new ones each time. */
    default List<HealthProbe> healthProbes() {
        return List.of();
    }

    /** How values lie in columns of this type. By default as the driver takes and returns them. */
    default ColumnCodec codec(ColumnType type) {
        return DriverCodec.INSTANCE;
    }

    /**
     * How a column says when something was; null if it does not, or not with this unit.
     *
     * @param column as SQL names it
     * @param unit of numbers; null where the column's type says by itself that it is a moment
     */
    default @Nullable MomentColumn moments(String column, ColumnType type, @Nullable EpochUnit unit) {
        if (unit != null) {
            return type.kind() == ColumnType.Kind.INTEGER ? MomentColumn.counted(column, unit) : null;
        }
        return switch (type.kind()) {
            case TIMESTAMP, DATETIME -> MomentColumn.typed(column, codec(type));
            case DATE -> MomentColumn.ofDates(column, codec(type));
            default -> null;
        };
    }

    /**
     * A parameter as the driver takes it, where no column says how it is to lie: some drivers refuse classes of
     * {@code java.time} and enums, others store their {@code toString()}.
     *
     * @throws IllegalArgumentException if the database cannot keep the value; the message says why without quoting it
     */
    default Object parameter(Object value) {
        return value;
    }

    /**
     * A column of the current row as this class, also where the driver does not know it.
     *
     * @return null for NULL
     */
    default <T> @Nullable T read(ResultSet resultSet, int index, Class<T> type) throws SQLException {
        return resultSet.getObject(index, type);
    }

    /**
     * A column of the current row, as the driver returns it, but moments and dates as {@code java.time} has them: the classes
     * of {@code java.sql} shift those before 1582 and in hours that a zone leaves out.
     */
    default @Nullable Object read(ResultSet resultSet, int index) throws SQLException {
        return resultSet.getObject(index);
    }

    /**
     * A value that was read before, as this class, where no column says how it lies.
     *
     * @return null if this engine has no form of its own for the class
     * @throws IllegalArgumentException if it has one, and the value is none; the message says why without quoting it
     */
    default @Nullable Object as(Object stored, Class<?> type) {
        return null;
    }

    /**
     * SQL that Spring Data generated, with named parameters, completed so that it means the same as on other engines: patterns
     * are escaped by a backslash, nulls come last in ascending and first in descending order, and what ignores case treats
     * both sides alike. SQL written by hand is returned as it is.
     */
    default String completeGenerated(String sql) {
        return sql;
    }

    /**
     * Reserves ids for rows that the running transaction inserts next: the first of so many consecutive ones that nobody else
     * gets. Called only in a transaction that writes. Empty where the ids of a batch of inserts come back from the driver, row
     * by row, or where the database does not number this table's rows.
     */
    default OptionalLong reserveIds(Connection connection, String table, String idColumn, int count)
            throws SQLException {
        return OptionalLong.empty();
    }

    /**
     * The statement by which rows get into these columns of the table faster than by INSERT and with the same effect; null if
     * the engine has none, or none for this table, these columns, or this user.
     *
     * @param allocated whether values of the column that numbers the rows were {@linkplain SqlDialect#allocateKeys allocated}
     */
    default @Nullable String loadStatement(
            Connection connection, TableInfo table, List<ColumnInfo> columns, boolean allocated) throws SQLException {
        return null;
    }

    /**
     * Runs what {@link #loadStatement} returned, in the running transaction. What is thrown names no value.
     *
     * @param connection a physical one
     * @param limit how long it may take; zero for no limit
     * @return how many rows were stored, fewer than given if the database kept some away
     */
    default long load(Connection connection, BulkLoad load, Duration limit) throws SQLException {
        throw new UnsupportedOperationException("This engine has only INSERT");
    }

    /** The settings that differ from what was asked for, or that could not be applied; empty when all is as asked. */
    default List<AppliedSetting> drift(Connection connection) throws SQLException {
        return describe(connection).settings().stream()
                .filter(setting -> !setting.asExpected())
                .toList();
    }
}

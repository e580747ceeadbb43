package dev.dovetail.repository.table;

import dev.dovetail.engine.QueryPlan;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;

/**
 * A table by its name: what to read of it, and the verbs that read and write it.
 *
 * <p>An immutable value: each step returns a new one, so that one may be kept, shared between threads and built upon. Nothing
 * is asked of the database before a verb that ends the sentence. Names are looked up in the schema the database has, whatever
 * letter case they are written in; one that does not exist is answered with {@link dev.dovetail.schema.UnknownNameException}.
 * Values are always bound. What cannot be said of this table is refused with
 * {@link org.springframework.dao.InvalidDataAccessApiUsageException}, a value of the wrong type with
 * {@link org.springframework.dao.TypeMismatchDataAccessException}.
 *
 * <p>Rows are immutable maps from the columns' names, in the table's order; whole numbers are {@link Long}, moments
 * {@link java.time.Instant}, decimals {@link BigDecimal} of the column's scale. {@link #as} reads them as records. Everything
 * joins the transaction it is called in.
 */
public interface TableOperations extends TableRows<Map<String, @Nullable Object>> {

    /** Everything of every row: {@link #list()} by its name in repositories. */
    default List<Map<String, @Nullable Object>> findAll() {
        return list();
    }

    /**
     * Keeps the rows for which the column compares as said next. Several conditions must all hold.
     *
     * @param column its name; of a joined table with the table's name and a point before it
     */
    Comparison<TableOperations> where(String column);

    /** Keeps the rows for which the condition holds, and those before it. */
    TableOperations where(Condition condition);

    /** Orders ascending by a column, after what was ordered by before. */
    default TableOperations orderBy(String column) {
        return orderBy(column, Sort.Direction.ASC);
    }

    /**
     * Orders by a column, after what was ordered by before. Ascending, rows without a value come last; descending, first. Text
     * is ordered by its code points.
     */
    TableOperations orderBy(String column, Sort.Direction direction);

    /** Orders as said, after what was ordered by before; {@link Sort.NullHandling} and ignored case are heeded. */
    TableOperations orderBy(Sort sort);

    /** Reads at most so many rows. The primary key is appended to the order, so that they are the same ones each time. */
    TableOperations limit(int limit);

    /** Passes over so many rows. */
    TableOperations offset(long offset);

    /** Reads these columns only. */
    TableOperations select(String... columns);

    /**
     * Reads each row as this type.
     *
     * <p>The components of a record are the columns of the same name, in snake case or in other letter case; those of a joined
     * table after the table's name, as {@code messagesText}. Values are converted where nothing is lost, enums by their names,
     * types with a constructor of one argument by it. If one column is read, the type may also be that of its values.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if the type is neither, or has components of which
     *     there are no columns
     */
    <T> TableRows<T> as(Class<T> type);

    /**
     * Joins a table along the only foreign key between it and those that are there already. Its columns are named with its name
     * and a point before them.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if there is no foreign key, or several
     */
    TableOperations join(String table);

    /** Joins a table along the foreign key of this column, of whichever table it is. */
    TableOperations join(String table, String foreignKeyColumn);

    /** Joins a table as this name, which is what its columns are called by; so that a table can be joined twice. */
    TableOperations join(String table, String foreignKeyColumn, String name);

    /** {@link #join(String)} that keeps rows to which there is none in the joined table. */
    TableOperations leftJoin(String table);

    /** {@link #join(String, String)} that keeps rows to which there is none in the joined table. */
    TableOperations leftJoin(String table, String foreignKeyColumn);

    /** {@link #join(String, String, String)} that keeps rows to which there is none in the joined table. */
    TableOperations leftJoin(String table, String foreignKeyColumn, String name);

    /** How many rows the conditions keep; order, limit and offset do not matter. */
    long count();

    /** Whether the conditions keep any row. */
    boolean exists();

    /** How many different values the column has; no value is none. */
    long countDistinct(String column);

    /** The sum of the column, exact unless the column is {@code DOUBLE}; 0 without values. */
    BigDecimal sum(String column);

    /** The mean, of ten digits more than the column's scale, rounded half up; empty without values. */
    Optional<BigDecimal> avg(String column);

    /** The smallest value; text by its code points. Empty without values. */
    Optional<Object> min(String column);

    /** The largest value; text by its code points. Empty without values. */
    Optional<Object> max(String column);

    /** The rows that the conditions keep in groups of equal values of these columns. */
    TableGroups groupBy(String... columns);

    /**
     * Inserts a row.
     *
     * @param row a map from column names, or a record whose components are named like columns. What is not given gets the
     *     column's default; a null where the database numbers the rows counts as not given
     * @return the row as it is stored
     */
    Map<String, @Nullable Object> insert(Object row);

    /**
     * Inserts rows, all or none, in few statements.
     *
     * @param rows as for {@link #insert}
     * @return the primary key of each, in the order of the rows; empty maps if the table has none
     */
    List<Map<String, @Nullable Object>> insertAll(Collection<?> rows);

    /**
     * Inserts rows, all or none, in few statements, without having them all in memory. The stream is closed.
     *
     * @return how many
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if a trigger or a rule of the database kept rows away
     */
    long insertAll(Stream<?> rows);

    /**
     * Inserts a row, or, if one with the same values in these columns is there, gives that one the row's other values.
     *
     * @param conflictColumns those of the primary key or of a unique index, all of them
     * @return the row as it is stored then
     */
    Map<String, @Nullable Object> upsert(Object row, String... conflictColumns);

    /** Allows {@link #update} and {@link #delete} to change the table as a whole. */
    TableOperations all();

    /**
     * Gives the rows that the conditions keep these values.
     *
     * @return how many rows that were
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException without a condition, unless {@link #all()} was said;
     *     and if the query is joined, ordered or limited
     */
    long update(Map<String, ? extends @Nullable Object> values);

    /**
     * Deletes the rows that the conditions keep.
     *
     * @return how many rows that were
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException as {@link #update}
     */
    long delete();

    /** How the database would read these rows now. */
    QueryPlan explain();

    /**
     * The SQL of a value in a JSON column, as conditions on it are written, so that a migration can make an index over it:
     * {@code CREATE INDEX … ON … (expression)}.
     */
    String jsonExpression(String column, String path);
}

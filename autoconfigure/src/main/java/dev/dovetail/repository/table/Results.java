package dev.dovetail.repository.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows that have been described and not yet been read. Each method asks the database anew.
 *
 * @param <T> what a row is read as
 */
public interface Results<T> {

    /** All rows. */
    List<T> list();

    /**
     * The only row; empty if there is none.
     *
     * @throws org.springframework.dao.IncorrectResultSizeDataAccessException if there are several
     */
    Optional<T> one();

    /** The first row; empty if there is none. */
    Optional<T> first();

    /**
     * The rows one after the other, as many in memory as a page of the network holds.
     *
     * <p>Must be closed, best by {@code try}: until then it holds a connection. Inside a transaction it reads on the
     * transaction's connection; outside on one of its own, in a read-only transaction that sees one state of the data.
     */
    Stream<T> stream();
}

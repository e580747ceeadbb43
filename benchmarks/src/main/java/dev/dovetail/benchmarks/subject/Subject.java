package dev.dovetail.benchmarks.subject;

import java.util.List;

/**
 * The work, as one way to the database does it. One thread at a time.
 *
 * <p>Rows that are not there are an exception. Each method is a transaction of its own, or as many as its maker's
 * defaults have.
 */
public interface Subject extends AutoCloseable {

    /** Rows of a page. */
    int PAGE_SIZE = 20;

    User byId(long id);

    /** By a unique column that is not the key. */
    User byEmail(String email);

    /** Every row, in any order. */
    List<? extends User> all();

    /** Returns the id that the database chose. */
    long insert(UserRow user);

    /** Writes all columns of the row with this id. */
    void update(UserRow user);

    /** Inserts all of them in one transaction; returns them with their ids, in the given order. */
    List<? extends User> saveAll(List<UserRow> users);

    /** A page in the order of ids by its number, the first one is 0; also finds out whether there is another. */
    Iterable<? extends User> pageByOffset(int page);

    /** The page in the order of ids that follows this id; also finds out whether there is another. */
    Iterable<? extends User> pageByKeyset(long after);

    /** In one transaction: reads a row by id, and writes it with the next age. */
    void readModifyWrite(long id);

    @Override
    void close();
}

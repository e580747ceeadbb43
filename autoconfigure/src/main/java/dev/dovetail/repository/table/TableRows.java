package dev.dovetail.repository.table;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;

/**
 * Rows of a table that have been described and not yet been read.
 *
 * @param <T> what a row is read as
 */
public interface TableRows<T> extends Results<T> {

    /**
     * One page, and how many rows there are in all; both are read in one transaction. The page's order comes before that of
     * the query, and the primary key after both, so that no row is on two pages.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if the query has a limit or an offset of its own
     * @throws dev.dovetail.schema.UnknownNameException if the page is sorted by a column that does not exist
     */
    Page<T> page(Pageable page);

    /**
     * The next rows after (or, scrolling backward, before) a position, as many as the query's limit says.
     *
     * <p>From {@link ScrollPosition#keyset()} on, each row that is there all the time is seen once, whatever is inserted and
     * deleted meanwhile, and the last window costs no more than the first. The primary key is appended to the order. The keys
     * of a position are the values of the columns the rows are ordered by; they may come back as text from a client.
     *
     * @throws org.springframework.dao.InvalidDataAccessApiUsageException if the query has no limit, or an offset; if the table
     *     has no primary key; or if the position's keys are not those of the order
     */
    Window<T> window(ScrollPosition position);
}

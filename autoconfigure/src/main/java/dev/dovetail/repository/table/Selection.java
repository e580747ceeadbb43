package dev.dovetail.repository.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;

/**
 * What was said of a table before the verb. Immutable.
 *
 * @param columns to be read; empty for all
 * @param limit negative for none
 * @param everything whether the table may be changed as a whole
 */
record Selection(
        Source source,
        List<ColumnRef> columns,
        @Nullable Condition condition,
        List<OrderTerm> order,
        int limit,
        long offset,
        boolean everything) {

    static final int NO_LIMIT = -1;

    Selection {
        columns = List.copyOf(columns);
        order = List.copyOf(order);
    }

    static Selection of(Source source) {
        return new Selection(source, List.of(), null, List.of(), NO_LIMIT, 0, false);
    }

    Selection from(Source joined) {
        return new Selection(joined, columns, condition, order, limit, offset, everything);
    }

    Selection select(List<ColumnRef> chosen) {
        return new Selection(source, chosen, condition, order, limit, offset, everything);
    }

    Selection where(Condition more) {
        return new Selection(source, columns, Condition.both(condition, more), order, limit, offset, everything);
    }

    Selection orderBy(Sort sort) {
        List<OrderTerm> terms = new ArrayList<>(order);
        for (Sort.Order each : sort) {
            terms.add(OrderTerm.of(source.column(each.getProperty()), each));
        }
        return orderBy(terms);
    }

    private Selection orderBy(List<OrderTerm> terms) {
        return new Selection(source, columns, condition, terms, limit, offset, everything);
    }

    /** Ordered by these first. */
    Selection orderedFirst(Sort sort) {
        List<OrderTerm> terms = new ArrayList<>(orderBy(List.of()).orderBy(sort).order());
        terms.addAll(order);
        return orderBy(terms);
    }

    Selection limit(int rows) {
        if (rows < 0) {
            throw Misuse.of("A limit is 0 or more, not %d", rows);
        }
        return new Selection(source, columns, condition, order, rows, offset, everything);
    }

    /** Of at most so many rows, and of fewer if fewer were asked for. */
    Selection atMost(int rows) {
        return limit == NO_LIMIT || limit > rows ? limit(rows) : this;
    }

    Selection offset(long rows) {
        if (rows < 0) {
            throw Misuse.of("An offset is 0 or more, not %d", rows);
        }
        return new Selection(source, columns, condition, order, limit, rows, everything);
    }

    Selection all() {
        return new Selection(source, columns, condition, order, limit, offset, true);
    }

    boolean isCut() {
        return limit != NO_LIMIT || offset > 0;
    }

    List<ColumnRef> chosen() {
        return columns.isEmpty() ? source.columns() : columns;
    }

    /** The order, made one that leaves no two rows equal where that decides which rows are read. */
    List<OrderTerm> completeOrder() {
        return isCut() ? OrderTerm.completed(order, source.keys()) : order;
    }
}

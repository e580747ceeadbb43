package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.OffsetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.CriteriaDefinition;
import org.springframework.data.relational.core.query.Query;

/**
 * Reads the window of an ordered query that follows a position.
 *
 * @param <T> the entity
 */
final class WindowReader<T> {

    private final KeysetOrders orders;
    private final Class<?> type;
    private final Rows<T> rows;

    private WindowReader(KeysetOrders orders, Class<?> type, Rows<T> rows) {
        this.orders = orders;
        this.type = type;
        this.rows = rows;
    }

    /** Reads entities of this type that fulfil the condition. */
    static <T> WindowReader<T> of(
            JdbcAggregateOperations operations, KeysetOrders orders, Class<T> type, CriteriaDefinition condition) {
        return new WindowReader<>(orders, type, (position, sort, limit, offset) -> {
            Query query = Query.query(Brackets.all(condition, position)).sort(sort);
            query = limit.isLimited() ? query.limit(limit.max()) : query;
            return operations.findAll(offset > 0 ? query.offset(offset) : query, type);
        });
    }

    /** One row more than the limit is read, to know whether others follow. */
    <R> Window<R> scroll(ScrollPosition position, Sort sort, Limit limit, Function<T, R> projection) {
        Limit more = limit.isLimited() ? Limit.of(limit.max() + 1) : limit;
        if (position instanceof KeysetScrollPosition keyset) {
            return keyset(keyset, orders.of(type, sort), limit, more, projection);
        }
        OffsetScrollPosition offset = (OffsetScrollPosition) position;
        Sort total = sort.isSorted() ? orders.of(type, sort).sort(true) : sort;
        long skipped = offset.isInitial() ? 0 : offset.getOffset() + 1;
        List<T> read = rows.read(Criteria.empty(), total, more, skipped);
        return window(read, limit, offset.positionFunction(), projection);
    }

    private <R> Window<R> keyset(
            KeysetScrollPosition position, KeysetOrder order, Limit limit, Limit more, Function<T, R> projection) {
        List<T> read = rows.read(order.after(position), order.sort(position.scrollsForward()), more, 0);
        List<T> shown = new ArrayList<>(first(read, limit));
        if (position.scrollsBackward()) {
            Collections.reverse(shown);
        }
        List<R> content = shown.stream().map(projection).toList();
        return Window.from(
                content,
                index -> ScrollPosition.of(order.keysOf(shown.get(index)), position.getDirection()),
                read.size() > shown.size());
    }

    private <R> Window<R> window(
            List<T> read, Limit limit, IntFunction<? extends ScrollPosition> positions, Function<T, R> projection) {
        List<T> shown = first(read, limit);
        return Window.from(shown.stream().map(projection).toList(), positions, read.size() > shown.size());
    }

    private static <T> List<T> first(List<T> read, Limit limit) {
        return limit.isLimited() && read.size() > limit.max() ? read.subList(0, limit.max()) : read;
    }

    /**
     * The rows of a query.
     *
     * @param <T> the entity
     */
    @FunctionalInterface
    interface Rows<T> {

        /** The query's rows that fulfil this condition too. */
        List<T> read(Criteria condition, Sort sort, Limit limit, long offset);
    }
}

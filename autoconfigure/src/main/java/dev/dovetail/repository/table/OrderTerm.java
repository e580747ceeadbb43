package dev.dovetail.repository.table;

import java.util.ArrayList;
import java.util.List;
import org.springframework.data.domain.Sort;

/**
 * A column by which rows are ordered.
 *
 * @param nullsFirst where rows without a value stand
 */
record OrderTerm(ColumnRef column, boolean ignoreCase, boolean descending, boolean nullsFirst) {

    // Greater than every value, as PostgreSQL has it, whose indexes are of no use for the other way round.
    static OrderTerm of(ColumnRef column, Sort.Order order) {
        boolean nullsFirst = switch (order.getNullHandling()) {
            case NATIVE -> order.isDescending();
            case NULLS_FIRST -> true;
            case NULLS_LAST -> false;
        };
        return new OrderTerm(column, order.isIgnoreCase() && column.isText(), order.isDescending(), nullsFirst);
    }

    OrderTerm reversed() {
        return new OrderTerm(column, ignoreCase, !descending, !nullsFirst);
    }

    /** The terms, and behind them the columns that are not among them yet, ascending. */
    static List<OrderTerm> completed(List<OrderTerm> terms, List<ColumnRef> columns) {
        List<OrderTerm> completed = new ArrayList<>(terms);
        for (ColumnRef column : columns) {
            if (terms.stream().noneMatch(term -> term.decides(column))) {
                completed.add(new OrderTerm(column, false, false, false));
            }
        }
        return completed;
    }

    // Of two values that differ only by case, ignoring it does not say which comes first.
    private boolean decides(ColumnRef other) {
        return column.sameAs(other) && !ignoreCase;
    }

    String expression(Expressions expressions) {
        return expressions.ordered(column, ignoreCase);
    }

    String sql(Expressions expressions) {
        String direction = descending ? " DESC" : " ASC";
        if (!column.nullable()) {
            return expression(expressions) + direction;
        }
        return expression(expressions) + direction + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
    }
}

package dev.dovetail.repository.table;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes queries as SQL. */
final class SelectWriter {

    private final Expressions expressions;
    private final ConditionWriter conditions;

    SelectWriter(Expressions expressions) {
        this.expressions = expressions;
        this.conditions = new ConditionWriter(expressions);
    }

    Expressions expressions() {
        return expressions;
    }

    /** The selection's columns. */
    List<Output> outputs(Selection selection) {
        return selection.chosen().stream().map(expressions::column).toList();
    }

    /** The rows of a selection in its order. */
    SqlText rows(Selection selection, List<Output> outputs) {
        SqlText sql = matching(selection, list(outputs));
        return cut(ordered(sql, selection.completeOrder()), selection.limit(), selection.offset());
    }

    /** The rows behind a position. */
    SqlText window(Selection selection, List<Output> outputs, Keyset keyset) {
        SqlText sql = matching(selection, list(outputs));
        keyset.write(sql, selection.condition() == null ? " WHERE " : " AND ");
        return cut(ordered(sql, keyset.terms()), selection.limit(), 0);
    }

    /** What the conditions keep, without an order. */
    SqlText matching(Selection selection, String list) {
        SqlText sql = new SqlText()
                .add("SELECT ")
                .add(list)
                .add(" FROM ")
                .add(selection.source().from());
        Condition condition = selection.condition();
        // An OR at the top would otherwise take in what is added behind it.
        boolean any = condition != null && condition.criterion() instanceof Criterion.Group group && !group.all();
        conditions.write(sql, any ? " WHERE (" : " WHERE ", condition);
        return sql.add(any ? ")" : "");
    }

    /** A condition behind a word. */
    void condition(SqlText sql, String word, @Nullable Condition condition) {
        conditions.write(sql, word, condition);
    }

    private SqlText ordered(SqlText sql, List<OrderTerm> order) {
        if (!order.isEmpty()) {
            sql.add(order.stream()
                    .map(term -> term.sql(expressions))
                    .collect(Collectors.joining(", ", " ORDER BY ", "")));
        }
        return sql;
    }

    SqlText cut(SqlText sql, int limit, long offset) {
        if (limit != Selection.NO_LIMIT) {
            sql.add(" LIMIT ?").bind(limit);
            return offset > 0 ? sql.add(" OFFSET ?").bind(offset) : sql;
        }
        return offset > 0
                ? sql.add(" ").add(expressions.dialect().offsetWithoutLimit()).bind(offset)
                : sql;
    }

    static String list(List<Output> outputs) {
        return outputs.stream().map(Output::sql).collect(Collectors.joining(", "));
    }
}

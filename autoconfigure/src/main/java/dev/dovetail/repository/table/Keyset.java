package dev.dovetail.repository.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;

/** Reading on from a position: the order that leaves no two rows equal, and the rows that come after a given one. */
final class Keyset {

    private final Expressions expressions;
    private final KeysetScrollPosition position;
    private final List<OrderTerm> terms;

    private Keyset(Expressions expressions, KeysetScrollPosition position, List<OrderTerm> terms) {
        this.expressions = expressions;
        this.position = position;
        this.terms = terms;
    }

    static Keyset of(Expressions expressions, List<OrderTerm> order, KeysetScrollPosition position) {
        List<ColumnRef> keys = expressions.source().keys();
        if (keys.isEmpty()) {
            throw Misuse.of(
                    "Windows need a primary key in table \"%s\" and in those joined to it, to tell rows apart that the order"
                            + " leaves equal. Read pages instead, or give the table a primary key.",
                    expressions.source().table().name());
        }
        List<OrderTerm> terms = OrderTerm.completed(order, keys);
        Keyset keyset = new Keyset(
                expressions,
                position,
                position.scrollsBackward()
                        ? terms.stream().map(OrderTerm::reversed).toList()
                        : terms);
        keyset.refuseOtherKeys();
        return keyset;
    }

    private void refuseOtherKeys() {
        List<String> wanted = labels();
        if (!position.isInitial() && !position.getKeys().keySet().equals(java.util.Set.copyOf(wanted))) {
            throw Misuse.of(
                    "The position has the keys %s, but the rows are ordered by %s. A position belongs to the query it came"
                            + " from.",
                    position.getKeys().keySet().stream()
                            .map(Names::printable)
                            .sorted()
                            .toList(),
                    wanted);
        }
    }

    private List<String> labels() {
        return columns().stream().map(ColumnRef::label).toList();
    }

    List<OrderTerm> terms() {
        return terms;
    }

    /** The columns of the order, each once. */
    List<ColumnRef> columns() {
        Map<String, ColumnRef> columns = new LinkedHashMap<>();
        terms.forEach(term -> columns.putIfAbsent(term.column().label(), term.column()));
        return List.copyOf(columns.values());
    }

    /** The position of a row with these values in {@link #columns()}. */
    ScrollPosition at(List<@Nullable Object> values) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        List<ColumnRef> columns = columns();
        for (int i = 0; i < columns.size(); i++) {
            keys.put(columns.get(i).label(), values.get(i));
        }
        return ScrollPosition.of(keys, position.getDirection());
    }

    /** Writes the condition on the rows behind the position, if it is not where everything begins. */
    void write(SqlText sql, String word) {
        if (position.isInitial()) {
            return;
        }
        sql.add(word);
        if (isRow()) {
            writeRow(sql);
        } else {
            writeCases(sql);
        }
    }

    // Both engines find the beginning of such rows in an index.
    private boolean isRow() {
        return terms.stream().noneMatch(term -> term.column().nullable())
                && terms.stream().map(OrderTerm::descending).distinct().count() == 1;
    }

    private void writeRow(SqlText sql) {
        sql.add(terms.stream().map(term -> term.expression(expressions)).collect(Collectors.joining(", ", "(", ") ")));
        sql.add(terms.get(0).descending() ? "<" : ">");
        sql.add(terms.stream().map(term -> "?").collect(Collectors.joining(", ", " (", ")")));
        terms.forEach(term -> sql.bind(key(term)));
    }

    private void writeCases(SqlText sql) {
        sql.add("(");
        List<OrderTerm> equal = new ArrayList<>();
        for (OrderTerm term : terms) {
            sql.add(equal.isEmpty() ? "(" : " OR (");
            equal.forEach(each -> {
                writeEqual(sql, each);
                sql.add(" AND ");
            });
            writeBehind(sql, term);
            sql.add(")");
            equal.add(term);
        }
        sql.add(")");
    }

    private void writeEqual(SqlText sql, OrderTerm term) {
        Object key = key(term);
        sql.add(term.expression(expressions)).add(key == null ? " IS NULL" : " = ?");
        if (key != null) {
            sql.bind(key);
        }
    }

    private void writeBehind(SqlText sql, OrderTerm term) {
        Object key = key(term);
        String expression = term.expression(expressions);
        if (key == null) {
            sql.add(term.nullsFirst() ? expression + " IS NOT NULL" : "1 = 0");
            return;
        }
        boolean nullsBehind = term.column().nullable() && !term.nullsFirst();
        String compared = expression + (term.descending() ? " < ?" : " > ?");
        boolean alone = term.equals(terms.get(0));
        String orNone = compared + " OR " + expression + " IS NULL";
        sql.add(!nullsBehind ? compared : alone ? orNone : "(" + orNone + ")").bind(key);
    }

    private @Nullable Object key(OrderTerm term) {
        Object given = position.getKeys().get(term.column().label());
        if (given == null) {
            return null;
        }
        Object key = expressions.values().encodeAlsoText(term.column(), given);
        return term.ignoreCase() && key instanceof String text ? Names.lowerAscii(text) : key;
    }
}

package dev.dovetail.repository.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;

/** Groups of a selection's rows. */
final class DefaultTableGroups implements TableGroups {

    private final Statements statements;
    private final Selection selection;
    private final List<ColumnRef> columns;
    private final List<Aggregate> aggregates;
    private final @Nullable Condition having;
    private final List<String> order;
    private final SelectWriter writer;

    DefaultTableGroups(Statements statements, Selection selection, List<ColumnRef> columns) {
        this(statements, selection, columns, List.of(), null, List.of());
    }

    private DefaultTableGroups(
            Statements statements,
            Selection selection,
            List<ColumnRef> columns,
            List<Aggregate> aggregates,
            @Nullable Condition having,
            List<String> order) {
        this.statements = statements;
        this.selection = selection;
        this.columns = columns;
        this.aggregates = aggregates;
        this.having = having;
        this.order = order;
        this.writer = new SelectWriter(new Expressions(selection.source(), statements.engine()));
    }

    @Override
    public TableGroups aggregate(Aggregate... more) {
        List<Aggregate> all = new ArrayList<>(aggregates);
        for (Aggregate each : more) {
            writer.expressions().aggregate(each);
            boolean taken = all.stream().anyMatch(other -> other.label().equals(each.label()))
                    || columns.stream().anyMatch(column -> column.label().equals(each.label()));
            if (taken) {
                throw Misuse.of(
                        "There is something called \"%s\" already; give %s another name by as(label)",
                        Names.printable(each.label()), each);
            }
            all.add(each);
        }
        return new DefaultTableGroups(statements, selection, columns, List.copyOf(all), having, order);
    }

    @Override
    public Comparison<TableGroups> having(Aggregate aggregate) {
        return new Comparison<>(Operand.aggregate(aggregate), condition -> {
            Condition both = Condition.both(having, condition);
            writer.condition(new SqlText(), "", both);
            return new DefaultTableGroups(statements, selection, columns, aggregates, both, order);
        });
    }

    @Override
    public TableGroups orderBy(Aggregate aggregate, Sort.Direction direction) {
        // An aggregate of no value is last, as a column without one.
        return orderedBy(writer.expressions().comparable(aggregate) + " " + direction
                + (direction.isAscending() ? " NULLS LAST" : " NULLS FIRST"));
    }

    @Override
    public TableGroups orderBy(String column, Sort.Direction direction) {
        ColumnRef found = selection.source().column(column);
        if (columns.stream().noneMatch(found::sameAs)) {
            throw Misuse.of(
                    "Groups are ordered by what they are grouped by, %s, or by aggregates, not by \"%s\"",
                    columns.stream().map(ColumnRef::label).toList(), found.label());
        }
        return orderedBy(OrderTerm.of(found, new Sort.Order(direction, column)).sql(writer.expressions()));
    }

    private TableGroups orderedBy(String term) {
        List<String> terms = new ArrayList<>(order);
        terms.add(term);
        return new DefaultTableGroups(statements, selection, columns, aggregates, having, List.copyOf(terms));
    }

    @Override
    public TableGroups limit(int limit) {
        return new DefaultTableGroups(statements, selection.limit(limit), columns, aggregates, having, order);
    }

    @Override
    public TableGroups offset(long offset) {
        return new DefaultTableGroups(statements, selection.offset(offset), columns, aggregates, having, order);
    }

    private List<Output> outputs() {
        return Stream.concat(
                        columns.stream().map(writer.expressions()::column),
                        aggregates.stream().map(writer.expressions()::aggregate))
                .toList();
    }

    private SqlText query(List<Output> outputs, Selection cut) {
        SqlText sql = writer.matching(selection, SelectWriter.list(outputs))
                .add(columns.stream().map(selection.source()::sql).collect(Collectors.joining(", ", " GROUP BY ", "")));
        writer.condition(sql, " HAVING ", having);
        List<String> terms = new ArrayList<>(order);
        if (cut.isCut()) {
            columns.forEach(column -> terms.add(
                    OrderTerm.of(column, Sort.Order.asc(column.label())).sql(writer.expressions())));
        }
        if (!terms.isEmpty()) {
            sql.add(" ORDER BY ").add(String.join(", ", terms));
        }
        return writer.cut(sql, cut.limit(), cut.offset());
    }

    private <T> Results<T> results(List<Output> outputs, Shape<T> shape) {
        return new SelectedResults<>(
                statements,
                Statements.rows(outputs, shape),
                most -> query(outputs, most == Selection.NO_LIMIT ? selection : selection.atMost(most)));
    }

    private Results<Map<String, @Nullable Object>> maps() {
        List<Output> outputs = outputs();
        return results(outputs, Shape.map(Output.labels(outputs)));
    }

    @Override
    public <T> Results<T> as(Class<T> type) {
        List<Output> outputs = outputs();
        return results(outputs, Shape.of(type, Output.labels(outputs)));
    }

    @Override
    public List<Map<String, @Nullable Object>> list() {
        return maps().list();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> one() {
        return maps().one();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> first() {
        return maps().first();
    }

    @Override
    public Stream<Map<String, @Nullable Object>> stream() {
        return maps().stream();
    }

    static List<ColumnRef> refs(Source source, String... names) {
        if (names.length == 0) {
            throw Misuse.of("Name one column at least");
        }
        return Arrays.stream(names).map(source::column).toList();
    }
}

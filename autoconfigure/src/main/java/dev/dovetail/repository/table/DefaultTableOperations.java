package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.JsonPath;
import dev.dovetail.engine.QueryPlan;
import dev.dovetail.schema.SchemaCatalog;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

/** A selection of rows, and the verbs upon it. */
final class DefaultTableOperations implements TableOperations {

    private final SchemaCatalog catalog;
    private final Statements statements;
    private final Selection selection;
    private final SelectWriter writer;

    DefaultTableOperations(SchemaCatalog catalog, Statements statements, Selection selection) {
        this.catalog = catalog;
        this.statements = statements;
        this.selection = selection;
        this.writer = new SelectWriter(new Expressions(selection.source(), statements.engine()));
    }

    private TableOperations with(Selection changed) {
        return new DefaultTableOperations(catalog, statements, changed);
    }

    @Override
    public Comparison<TableOperations> where(String column) {
        selection.source().column(column);
        return new Comparison<>(Operand.column(column), this::where);
    }

    @Override
    public TableOperations where(Condition condition) {
        // Written once to be checked here, where the mistake is, and not when the rows are read.
        writer.condition(new SqlText(), "", condition);
        return with(selection.where(condition));
    }

    @Override
    public TableOperations orderBy(String column, Sort.Direction direction) {
        return orderBy(Sort.by(direction, selection.source().column(column).label()));
    }

    @Override
    public TableOperations orderBy(Sort sort) {
        Selection ordered = selection.orderBy(sort);
        ordered.order().forEach(term -> term.sql(writer.expressions()));
        return with(ordered);
    }

    @Override
    public TableOperations limit(int limit) {
        return with(selection.limit(limit));
    }

    @Override
    public TableOperations offset(long offset) {
        return with(selection.offset(offset));
    }

    @Override
    public TableOperations select(String... columns) {
        return with(selection.select(DefaultTableGroups.refs(selection.source(), columns)));
    }

    @Override
    public <T> TableRows<T> as(Class<T> type) {
        return rows(Shape.of(type, labels()));
    }

    private SelectedRows<Map<String, @Nullable Object>> maps() {
        return rows(Shape.map(labels()));
    }

    private <T> SelectedRows<T> rows(Shape<T> shape) {
        return new SelectedRows<>(statements, selection, writer, shape);
    }

    private List<String> labels() {
        return selection.chosen().stream().map(ColumnRef::label).toList();
    }

    @Override
    public TableOperations join(String table) {
        return join(table, null, null, false);
    }

    @Override
    public TableOperations join(String table, String foreignKeyColumn) {
        return join(table, foreignKeyColumn, null, false);
    }

    @Override
    public TableOperations join(String table, String foreignKeyColumn, String name) {
        return join(table, foreignKeyColumn, name, false);
    }

    @Override
    public TableOperations leftJoin(String table) {
        return join(table, null, null, true);
    }

    @Override
    public TableOperations leftJoin(String table, String foreignKeyColumn) {
        return join(table, foreignKeyColumn, null, true);
    }

    @Override
    public TableOperations leftJoin(String table, String foreignKeyColumn, String name) {
        return join(table, foreignKeyColumn, name, true);
    }

    private TableOperations join(String table, @Nullable String column, @Nullable String name, boolean optional) {
        return with(selection.from(Joins.join(selection.source(), catalog.table(table), column, name, optional)));
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

    @Override
    public Page<Map<String, @Nullable Object>> page(Pageable page) {
        return maps().page(page);
    }

    @Override
    public Window<Map<String, @Nullable Object>> window(ScrollPosition position) {
        return maps().window(position);
    }

    @Override
    public long count() {
        return maps().count();
    }

    @Override
    public boolean exists() {
        SqlText sql = writer.matching(selection, "1");
        return !statements
                .list(writer.cut(sql, 1, 0), (result, number) -> Boolean.TRUE)
                .isEmpty();
    }

    @Override
    public long countDistinct(String column) {
        return (Long) single(Aggregate.countDistinct(column)).orElse(0L);
    }

    @Override
    public BigDecimal sum(String column) {
        return (BigDecimal) single(Aggregate.sum(column)).orElse(BigDecimal.ZERO);
    }

    @Override
    public Optional<BigDecimal> avg(String column) {
        return single(Aggregate.avg(column)).map(BigDecimal.class::cast);
    }

    @Override
    public Optional<Object> min(String column) {
        return single(Aggregate.min(column));
    }

    @Override
    public Optional<Object> max(String column) {
        return single(Aggregate.max(column));
    }

    private Optional<Object> single(Aggregate aggregate) {
        List<Output> outputs = List.of(writer.expressions().aggregate(aggregate));
        SqlText sql = writer.matching(selection, SelectWriter.list(outputs));
        return Optional.ofNullable(statements
                .list(sql, Statements.rows(outputs, Shape.map(Output.labels(outputs))))
                .get(0)
                .get(aggregate.label()));
    }

    @Override
    public TableGroups groupBy(String... columns) {
        return new DefaultTableGroups(statements, selection, DefaultTableGroups.refs(selection.source(), columns));
    }

    @Override
    public Map<String, @Nullable Object> insert(Object row) {
        return inserts().insert(row);
    }

    @Override
    public List<Map<String, @Nullable Object>> insertAll(Collection<?> rows) {
        return inserts().insertAll(rows);
    }

    @Override
    public long insertAll(Stream<?> rows) {
        return inserts().insertAll(rows);
    }

    @Override
    public Map<String, @Nullable Object> upsert(Object row, String... conflictColumns) {
        return inserts().upsert(row, conflictColumns);
    }

    private Inserts inserts() {
        if (!selection.equals(Selection.of(selection.source()))
                || selection.source().isJoined()) {
            throw Misuse.of(
                    "Rows are inserted into table \"%s\" as a whole, but it was narrowed, joined, ordered, cut or projected",
                    selection.source().table().name());
        }
        return new Inserts(statements, selection.source().table());
    }

    @Override
    public TableOperations all() {
        return with(selection.all());
    }

    @Override
    public long update(Map<String, ? extends @Nullable Object> values) {
        return new Changes(statements, selection, writer).update(values);
    }

    @Override
    public long delete() {
        return new Changes(statements, selection, writer).delete();
    }

    @Override
    public QueryPlan explain() {
        return statements.explain(writer.rows(selection, writer.outputs(selection)));
    }

    @Override
    public String jsonExpression(String column, String path) {
        ColumnRef found = selection.source().column(column);
        if (found.type().kind() != ColumnType.Kind.JSON) {
            throw Misuse.of(
                    "%s holds %s, not JSON documents",
                    found.description(), found.type().kind());
        }
        try {
            return statements
                    .engine()
                    .sql()
                    .jsonText(Names.quoted(found.column().name()), JsonPath.parse(path));
        } catch (IllegalArgumentException e) {
            throw Misuse.of("The JSON path for %s is none: %s", found.description(), e.getMessage());
        }
    }
}

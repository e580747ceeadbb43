package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.data.relational.core.dialect.RenderContextFactory;
import org.springframework.data.relational.core.mapping.AggregatePath;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.sql.Column;
import org.springframework.data.relational.core.sql.Condition;
import org.springframework.data.relational.core.sql.Conditions;
import org.springframework.data.relational.core.sql.Expression;
import org.springframework.data.relational.core.sql.SQL;
import org.springframework.data.relational.core.sql.Select;
import org.springframework.data.relational.core.sql.SelectBuilder;
import org.springframework.data.relational.core.sql.SqlIdentifier;
import org.springframework.data.relational.core.sql.StatementBuilder;
import org.springframework.data.relational.core.sql.Table;
import org.springframework.data.relational.core.sql.render.SqlRenderer;

/** The statement that reads one collection of several parents: what Spring Data selects for one, with the parent's key. */
final class ChildQuery {

    /** The columns of the parent's key, numbered from 0. */
    static final String PARENT = "dovetail_parent_";

    private final RelationalMappingContext context;
    private final Dialect dialect;

    ChildQuery(RelationalMappingContext context, Dialect dialect) {
        this.context = context;
        this.dialect = dialect;
    }

    /** Parents are bound as {@code p} where their key has one column, else one by one as {@code p0_0, p0_1, p1_0 …}. */
    String sql(AggregatePath path, List<SqlIdentifier> parentColumns, int parents) {
        RelationalPersistentEntity<?> entity = path.getRequiredLeafEntity();
        Table table = Table.create(entity.getQualifiedTableName());
        Set<Expression> columns = new LinkedHashSet<>();
        Map<Table, Condition> joins = new LinkedHashMap<>();
        addColumns(context.getAggregatePath(entity), columns, joins);
        AggregatePath.ColumnInfo qualifier = path.getTableInfo().qualifierColumnInfo();
        if (qualifier != null) {
            columns.add(table.column(qualifier.name()).as(qualifier.name()));
        }
        for (int i = 0; i < parentColumns.size(); i++) {
            columns.add(table.column(parentColumns.get(i)).as(PARENT + i));
        }
        SelectBuilder.SelectJoin from = StatementBuilder.select(columns).from(table);
        for (Map.Entry<Table, Condition> join : joins.entrySet()) {
            from = from.leftOuterJoin(join.getKey()).on(join.getValue());
        }
        SelectBuilder.SelectWhereAndOr where =
                ((SelectBuilder.SelectWhere) from).where(parentIsOneOf(table, parentColumns, parents));
        Select select = path.isOrdered() && qualifier != null
                ? where.orderBy(table.column(qualifier.name())).build()
                : where.build();
        return SqlRenderer.create(new RenderContextFactory(dialect).createRenderContext())
                .render(select);
    }

    private static Condition parentIsOneOf(Table table, List<SqlIdentifier> columns, int parents) {
        if (columns.size() == 1) {
            return Conditions.in(table.column(columns.get(0)), SQL.bindMarker(":p"));
        }
        List<Condition> each = new ArrayList<>();
        for (int parent = 0; parent < parents; parent++) {
            Condition all = table.column(columns.get(0)).isEqualTo(SQL.bindMarker(":p%d_0".formatted(parent)));
            for (int i = 1; i < columns.size(); i++) {
                all = all.and(table.column(columns.get(i)).isEqualTo(SQL.bindMarker(":p%d_%d".formatted(parent, i))));
            }
            each.add(Conditions.nest(all));
        }
        return each.stream().reduce(Condition::or).orElseThrow();
    }

    private void addColumns(AggregatePath parent, Set<Expression> columns, Map<Table, Condition> joins) {
        for (RelationalPersistentProperty property : parent.getRequiredLeafEntity()) {
            AggregatePath path = parent.append(property);
            if (path.isMultiValued() && path.isEntity()) {
                continue;
            }
            if (path.isEmbedded()) {
                addColumns(path, columns, joins);
            } else if (path.isEntity()) {
                joins.put(table(path), joined(path));
                if (!path.hasIdProperty()) {
                    // Tells an entity that is not there from one of nothing but NULLs.
                    columns.add(column(
                            path, path.getTableInfo().backReferenceColumnInfos().any()));
                }
                addColumns(path, columns, joins);
            } else {
                columns.add(column(path, path.getColumnInfo()));
            }
        }
    }

    private static Condition joined(AggregatePath path) {
        AggregatePath parent = path.getIdDefiningParentPath();
        AggregatePath.ColumnInfos ids = parent.getTableInfo().idColumnInfos();
        return path.getTableInfo()
                .backReferenceColumnInfos()
                .reduce(
                        Conditions.unrestricted(),
                        (id, reference) -> table(path)
                                .column(reference.name())
                                .isEqualTo(table(parent)
                                        .column(Objects.requireNonNull(ids.get(id))
                                                .name())),
                        Condition::and);
    }

    private static Column column(AggregatePath path, AggregatePath.ColumnInfo info) {
        return table(path).column(info.name()).as(info.alias());
    }

    private static Table table(AggregatePath path) {
        SqlIdentifier alias = path.getTableInfo().tableAlias();
        Table table = Table.create(path.getTableInfo().qualifiedTableName());
        return alias == null ? table : table.as(alias);
    }
}

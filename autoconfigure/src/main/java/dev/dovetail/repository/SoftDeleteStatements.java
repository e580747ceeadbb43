package dev.dovetail.repository;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMapper;
import org.springframework.data.jdbc.core.mapping.JdbcValue;
import org.springframework.data.jdbc.repository.query.EscapingParameterSource;
import org.springframework.data.jdbc.repository.query.StatementFactory;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.data.relational.core.dialect.RenderContextFactory;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.sql.Assignment;
import org.springframework.data.relational.core.sql.Assignments;
import org.springframework.data.relational.core.sql.Column;
import org.springframework.data.relational.core.sql.Expressions;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.core.sql.SQL;
import org.springframework.data.relational.core.sql.StatementBuilder;
import org.springframework.data.relational.core.sql.Table;
import org.springframework.data.relational.core.sql.Update;
import org.springframework.data.relational.core.sql.render.SqlRenderer;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/** The statements that delete softly and bring back; safe for use by several threads. */
final class SoftDeleteStatements {

    private static final String TIME = "softDeleteTime";

    private final JdbcConverter converter;
    private final Dialect dialect;
    private final NamedParameterJdbcOperations operations;

    SoftDeleteStatements(JdbcConverter converter, DataAccessStrategy access) {
        this.converter = converter;
        this.dialect = access.getDialect();
        this.operations = access.getJdbcOperations();
    }

    /** Deletes what fulfils the condition and is not deleted; tells how many. */
    int delete(SoftDeletion deletion, Criteria which, Object time) {
        return update(deletion, Brackets.all(which, deletion.living()), time);
    }

    /** Brings back what fulfils the condition and is deleted; tells how many. */
    int restore(SoftDeletion deletion, Criteria which) {
        return update(deletion, Brackets.all(which, deletion.deleted()), null);
    }

    private int update(SoftDeletion deletion, Criteria which, @Nullable Object time) {
        Table table = table(deletion);
        JdbcValue value = converter.writeJdbcValue(
                time,
                TypeInformation.of(converter.getColumnType(deletion.property())),
                converter.getTargetSqlType(deletion.property()));
        MapSqlParameterSource parameters = new MapSqlParameterSource();
        parameters.addValue(TIME, value.getValue(), value.getJdbcType().getVendorTypeNumber());
        List<Assignment> changes = new ArrayList<>();
        changes.add(Assignments.value(table.column(deletion.property().getColumnName()), SQL.bindMarker(":" + TIME)));
        if (deletion.entity().hasVersionProperty()) {
            Column version =
                    table.column(deletion.entity().getRequiredVersionProperty().getColumnName());
            changes.add(Assignments.value(version, Expressions.just(name(version) + " + 1")));
        }
        return update(deletion, table, changes, which, parameters);
    }

    private int update(
            SoftDeletion deletion,
            Table table,
            List<Assignment> changes,
            Criteria which,
            MapSqlParameterSource parameters) {
        Update update = StatementBuilder.update(table)
                .set(changes)
                .where(new QueryMapper(converter).getMappedObject(parameters, which, table, deletion.entity()))
                .build();
        return operations.update(
                SqlRenderer.create(new RenderContextFactory(dialect).createRenderContext())
                        .render(update),
                new EscapingParameterSource(parameters, dialect.getLikeEscaper()));
    }

    private static Table table(SoftDeletion deletion) {
        return Table.create(deletion.entity().getQualifiedTableName());
    }

    private String name(Column column) {
        return column.getName().toSql(dialect.getIdentifierProcessing());
    }

    /** Keeps everyone else from changing one row that fulfils the condition until the transaction ends; tells if there is one. */
    boolean hold(SoftDeletion deletion, Criteria which) {
        return Boolean.TRUE.equals(new StatementFactory(converter, dialect)
                .exists(deletion.entity())
                .filter(which)
                .lock(LockMode.PESSIMISTIC_WRITE)
                .executeWith((sql, parameters) -> operations.query(sql, parameters, ResultSet::next)));
    }

    /** Keeps everyone else from changing all rows that fulfil the condition until the transaction ends; tells how many. */
    int holdAll(SoftDeletion deletion, Criteria which) {
        Table table = table(deletion);
        Column itself = table.column(deletion.property().getColumnName());
        return update(
                deletion,
                table,
                List.of(Assignments.value(itself, Expressions.just(name(itself)))),
                which,
                new MapSqlParameterSource());
    }
}

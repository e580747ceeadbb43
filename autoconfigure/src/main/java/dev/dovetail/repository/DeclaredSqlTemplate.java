package dev.dovetail.repository;

import dev.dovetail.engine.DatabaseEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementCreatorFactory;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Runs the SQL of {@code @Query} methods, whose numbers are given in the terms of Java. */
final class DeclaredSqlTemplate extends AdaptedJdbcTemplate {

    private final ScaledDecimals decimals;

    DeclaredSqlTemplate(JdbcOperations operations, DatabaseEngine engine, ScaledDecimals decimals) {
        super(operations, engine, DEFAULT_CACHE_LIMIT);
        this.decimals = decimals;
    }

    @Override
    protected PreparedStatementCreator getPreparedStatementCreator(
            String sql, SqlParameterSource parameters, @Nullable Consumer<PreparedStatementCreatorFactory> customizer) {
        return super.getPreparedStatementCreator(
                sql,
                parameters instanceof MapSqlParameterSource map && decimals.in(sql) != null
                        ? scaled(sql, map)
                        : parameters,
                customizer);
    }

    private MapSqlParameterSource scaled(String sql, MapSqlParameterSource parameters) {
        MapSqlParameterSource scaled = new MapSqlParameterSource();
        parameters.getValues().forEach((name, value) -> {
            Object stored = value instanceof Collection<?> many ? scaled(sql, name, many) : scaled(sql, name, value);
            if (stored == value) {
                scaled.addValue(name, value, parameters.getSqlType(name));
            } else {
                scaled.addValue(name, stored);
            }
        });
        return scaled;
    }

    private Object scaled(String sql, String name, Collection<?> values) {
        List<@Nullable Object> scaled = new ArrayList<>(values.size());
        boolean same = true;
        for (Object value : values) {
            Object stored = scaled(sql, name, value);
            same &= stored == value;
            scaled.add(stored);
        }
        return same ? values : scaled;
    }

    private @Nullable Object scaled(String sql, String name, @Nullable Object value) {
        return value instanceof Number number ? decimals.parameter(sql, name, number) : value;
    }
}

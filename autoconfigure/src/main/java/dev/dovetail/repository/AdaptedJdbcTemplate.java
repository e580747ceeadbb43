package dev.dovetail.repository;

import dev.dovetail.engine.DatabaseEngine;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.EscapingParameterSource;
import org.springframework.data.relational.core.dialect.Escaper;
import org.springframework.data.relational.core.query.ValueFunction;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementCreatorFactory;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.util.ConcurrentLruCache;

/** Runs what Spring Data generates in the words of the engine; safe for use by several threads. */
public class AdaptedJdbcTemplate extends NamedParameterJdbcTemplate {

    private final DatabaseEngine engine;
    private final Consumer<String> check;
    private final ConcurrentLruCache<String, ParsedSql> parsed;

    public AdaptedJdbcTemplate(JdbcOperations operations, DatabaseEngine engine, int cacheLimit) {
        this(operations, engine, cacheLimit, sql -> {});
    }

    /** @param check sees each text once before it is run, and may refuse it */
    public AdaptedJdbcTemplate(
            JdbcOperations operations, DatabaseEngine engine, int cacheLimit, Consumer<String> check) {
        super(operations);
        this.engine = engine;
        this.check = check;
        this.parsed = new ConcurrentLruCache<>(cacheLimit, sql -> {
            check.accept(sql);
            return NamedParameterUtils.parseSqlStatement(engine.completeGenerated(sql));
        });
    }

    /** One that runs the same where the other does. */
    AdaptedJdbcTemplate(AdaptedJdbcTemplate other) {
        this(other.getJdbcOperations(), other.engine, other.getCacheLimit(), other.check);
    }

    @Override
    protected ParsedSql getParsedSql(String sql) {
        return parsed.get(sql);
    }

    // In queries by example a pattern is a function of an escaper, which Spring Data 4.1 forgets to apply.
    // Bound as it is, it matches nothing.
    @Override
    protected PreparedStatementCreator getPreparedStatementCreator(
            String sql, SqlParameterSource parameters, @Nullable Consumer<PreparedStatementCreatorFactory> customizer) {
        return super.getPreparedStatementCreator(
                sql,
                hasPatterns(parameters) ? new EscapingParameterSource(parameters, Escaper.DEFAULT) : parameters,
                customizer);
    }

    private static boolean hasPatterns(SqlParameterSource parameters) {
        return parameters instanceof MapSqlParameterSource map
                && map.getValues().values().stream().anyMatch(ValueFunction.class::isInstance);
    }

    @Override
    protected PreparedStatementCreator getPreparedStatementCreator(String sql, SqlParameterSource parameters) {
        return new LookAheadCreator(super.getPreparedStatementCreator(sql, parameters), engine);
    }

    @Override
    public int getCacheLimit() {
        return parsed.capacity();
    }
}

package dev.dovetail.repository;

import dev.dovetail.engine.DatabaseEngine;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.util.ConcurrentLruCache;

/** Runs what Spring Data generates in the words of the engine; safe for use by several threads. */
public final class AdaptedJdbcTemplate extends NamedParameterJdbcTemplate {

    private final ConcurrentLruCache<String, ParsedSql> parsed;

    public AdaptedJdbcTemplate(JdbcOperations operations, DatabaseEngine engine, int cacheLimit) {
        super(operations);
        this.parsed = new ConcurrentLruCache<>(
                cacheLimit, sql -> NamedParameterUtils.parseSqlStatement(engine.completeGenerated(sql)));
    }

    @Override
    protected ParsedSql getParsedSql(String sql) {
        return parsed.get(sql);
    }

    @Override
    public int getCacheLimit() {
        return parsed.capacity();
    }
}

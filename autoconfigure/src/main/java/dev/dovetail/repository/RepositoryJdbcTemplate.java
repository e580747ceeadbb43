package dev.dovetail.repository;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.schema.SchemaCatalog;
import java.sql.ResultSet;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SqlProvider;

/**
 * The template that repositories read with: moments and dates come as {@code java.time} has them, since those of
 * {@code java.sql} are shifted before 1582 and where a zone leaves an hour out.
 */
public final class RepositoryJdbcTemplate extends JdbcTemplate {

    private final SchemaCatalog catalog;
    private final DatabaseEngine engine;

    private RepositoryJdbcTemplate(DataSource dataSource, SchemaCatalog catalog) {
        super(dataSource);
        this.catalog = catalog;
        this.engine = catalog.engine();
    }

    /** A template with the settings of another. */
    public static RepositoryJdbcTemplate like(JdbcTemplate other, SchemaCatalog catalog) {
        RepositoryJdbcTemplate template =
                new RepositoryJdbcTemplate(Objects.requireNonNull(other.getDataSource()), catalog);
        return configured(template, other);
    }

    private static RepositoryJdbcTemplate configured(RepositoryJdbcTemplate template, JdbcTemplate other) {
        template.setExceptionTranslator(other.getExceptionTranslator());
        template.setFetchSize(other.getFetchSize());
        template.setMaxRows(other.getMaxRows());
        template.setQueryTimeout(other.getQueryTimeout());
        template.setIgnoreWarnings(other.isIgnoreWarnings());
        template.setSkipResultsProcessing(other.isSkipResultsProcessing());
        template.setSkipUndeclaredResults(other.isSkipUndeclaredResults());
        template.setResultsMapCaseInsensitive(other.isResultsMapCaseInsensitive());
        return template;
    }

    @Override
    public <T extends @Nullable Object> T query(String sql, ResultSetExtractor<T> extractor) {
        knowTables();
        return super.query(sql, (ResultSet resultSet) -> extractor.extractData(unshifted(resultSet, engine)));
    }

    @Override
    public <T extends @Nullable Object> T query(
            PreparedStatementCreator creator,
            @Nullable PreparedStatementSetter setter,
            ResultSetExtractor<T> extractor) {
        knowTables();
        return super.query(
                creator, setter, (ResultSet resultSet) -> extractor.extractData(unshifted(resultSet, engine)));
    }

    @Override
    public <T extends @Nullable Object> Stream<T> queryForStream(String sql, RowMapper<T> mapper) {
        return opened(sql, template -> template.streamed(sql, mapper));
    }

    @Override
    public <T extends @Nullable Object> Stream<T> queryForStream(
            PreparedStatementCreator creator, @Nullable PreparedStatementSetter setter, RowMapper<T> mapper) {
        String sql = creator instanceof SqlProvider provider ? provider.getSql() : null;
        return opened(sql, template -> template.streamed(creator, setter, mapper));
    }

    private <T extends @Nullable Object> Stream<T> opened(@Nullable String sql, RowStreams.Opening<T> opening) {
        knowTables();
        return stepsByItself() ? opening.with(this) : new RowStreams(this).open(sql, opening);
    }

    // Where readers read outside of transactions, they read row by row.
    private boolean stepsByItself() {
        return engine.capabilities().autocommitReadsOnReaders();
    }

    private <T extends @Nullable Object> Stream<T> streamed(String sql, RowMapper<T> mapper) {
        return super.queryForStream(sql, (resultSet, row) -> mapper.mapRow(unshifted(resultSet, engine), row));
    }

    private <T extends @Nullable Object> Stream<T> streamed(
            PreparedStatementCreator creator, @Nullable PreparedStatementSetter setter, RowMapper<T> mapper) {
        return super.queryForStream(
                creator, setter, (resultSet, row) -> mapper.mapRow(unshifted(resultSet, engine), row));
    }

    /** A template as this one, on other connections. */
    RepositoryJdbcTemplate on(DataSource other) {
        return configured(new RepositoryJdbcTemplate(other, catalog), this);
    }

    // Before there is a result: while one is open, the catalog would need a second connection.
    private void knowTables() {
        catalog.current();
    }

    /** The rows with moments and dates as they are, unless they are so already. */
    static ResultSet unshifted(ResultSet rows, DatabaseEngine engine) {
        return rows instanceof LookAheadRows ? rows : new UnshiftedRows(rows, engine);
    }

    /** Runs a query whose reader takes the values as the driver returns them. */
    <T extends @Nullable Object> T queryAsIs(
            PreparedStatementCreator creator, PreparedStatementSetter setter, ResultSetExtractor<T> extractor) {
        return super.query(creator, setter, extractor);
    }

    /** Runs a change of one statement. */
    int updateAsIs(PreparedStatementCreator creator, PreparedStatementSetter setter) {
        return super.update(creator, setter);
    }
}

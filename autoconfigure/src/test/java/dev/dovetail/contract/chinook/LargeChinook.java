package dev.dovetail.contract.chinook;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Chinook with its rows multiplied, and without the indexes of its foreign keys. */
final class LargeChinook implements AutoCloseable {

    // Each copy has ids of its own and refers to rows of the same copy.
    private static final List<String> COPIES = List.of("""
            INSERT INTO artist SELECT artist_id + 10000 * COPY, name || COPY FROM artist, COPIES""", """
            INSERT INTO album SELECT album_id + 10000 * COPY, title || COPY, artist_id + 10000 * COPY
              FROM album, COPIES""", """
            INSERT INTO track
            SELECT track_id + 10000 * COPY, name || COPY, album_id + 10000 * COPY, media_type_id, genre_id,
                   composer || COPY, milliseconds + COPY, bytes, unit_price
              FROM track, COPIES""", """
            INSERT INTO customer
            SELECT customer_id + 10000 * COPY, first_name, last_name, company, address, city, state, country,
                   postal_code, phone, fax, COPY || email, support_rep_id
              FROM customer, COPIES""", """
            INSERT INTO invoice
            SELECT invoice_id + 10000 * COPY, customer_id + 10000 * COPY, invoice_date, billing_address, billing_city,
                   billing_state, billing_country, billing_postal_code, total
              FROM invoice, COPIES""", """
            INSERT INTO invoice_line
            SELECT invoice_line_id + 10000 * COPY, invoice_id + 10000 * COPY, track_id + 10000 * COPY, unit_price, quantity
              FROM invoice_line, COPIES""", """
            INSERT INTO playlist_track SELECT playlist_id, track_id + 10000 * COPY FROM playlist_track, COPIES""");

    private final TestEngine engine;
    private final TestApplication application;

    private LargeChinook(TestEngine engine, TestApplication application) {
        this.engine = engine;
        this.application = application;
    }

    static LargeChinook open(TestEngine engine, Path directory, int times, Class<?> beans) throws Exception {
        LargeChinook chinook = new LargeChinook(
                engine, TestApplication.withBeans(ChinookFiles.freshDatabase(engine, directory), beans));
        chinook.dropIndexes();
        chinook.multiply(times);
        return chinook;
    }

    TestApplication application() {
        return application;
    }

    JdbcTemplate template() {
        return application.template();
    }

    /** @param sql in which everything in small letters is a name as PostgreSQL has it */
    String sql(String sql) {
        return Spelling.in(engine, sql);
    }

    private void dropIndexes() {
        String made = engine == TestEngine.SQLITE
                ? "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
                : "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE '%_idx'";
        template().queryForList(made, String.class).forEach(name -> template().execute("DROP INDEX \"" + name + '"'));
    }

    private void multiply(int times) {
        for (String copy : COPIES) {
            String copies =
                    "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i FROM n) n"
                            .formatted(times - 1);
            template().execute(sql(copy).replace("COPIES", copies).replace("COPY", "n.i"));
        }
        if (engine == TestEngine.POSTGRESQL) {
            template().execute("ANALYZE");
        }
    }

    @Override
    public void close() {
        application.close();
    }
}

package dev.dovetail.contract.chinook;

import java.time.LocalDateTime;
import java.util.List;

/**
 * A question that is asked often.
 *
 * @param sql in which everything in small letters is a name as PostgreSQL has it
 * @param indexes those that the planner would answer it with and that are missing
 * @param values with which it is asked
 */
record AdviceQuestion(String sql, List<String> indexes, List<Object> values) {

    private static final LocalDateTime DAY = LocalDateTime.of(2025, 3, 1, 0, 0);

    static final List<AdviceQuestion> ALL = List.of(
            ask("SELECT * FROM track WHERE name = ?", "track(name)", "Restless and Wild7"),
            ask(
                    "SELECT * FROM invoice WHERE invoice_date >= ? AND invoice_date < ?",
                    "invoice(invoice_date)",
                    DAY,
                    DAY.plusDays(2)),
            ask("SELECT track_id, name FROM track ORDER BY milliseconds DESC LIMIT 10", "track(milliseconds)"),
            ask(
                    "SELECT al.title, t.name FROM album al JOIN track t ON t.album_id = al.album_id WHERE al.album_id = ?",
                    "track(album_id)",
                    10_001),
            new AdviceQuestion(
                    "SELECT il.unit_price FROM invoice_line il JOIN track t ON t.track_id = il.track_id WHERE t.name = ?",
                    List.of("track(name)", "invoice_line(track_id)"),
                    List.of("Restless and Wild7")),
            ask(
                    "SELECT * FROM invoice WHERE billing_country = ? AND billing_city = ?",
                    "invoice(billing_country, billing_city)",
                    "Germany",
                    "Stuttgart"),
            // One column alone says which row.
            ask(
                    "SELECT * FROM invoice_line WHERE quantity = ? AND invoice_id = ?",
                    "invoice_line(invoice_id)",
                    1,
                    10_001),
            ask("SELECT * FROM track WHERE genre_id = ? ORDER BY name LIMIT 20", "track(genre_id, name)", 1),
            ask(
                    "SELECT * FROM invoice WHERE customer_id = ? ORDER BY invoice_date DESC LIMIT 5",
                    "invoice(customer_id)",
                    10_002),
            ask("UPDATE invoice SET total = total WHERE customer_id = ?", "invoice(customer_id)", 10_002),
            ask("SELECT * FROM invoice_line WHERE invoice_id IN (?, ?)", "invoice_line(invoice_id)", 10_001, 10_002),
            new AdviceQuestion(
                    "SELECT * FROM track WHERE composer = ? OR album_id = ?",
                    List.of("track(composer)", "track(album_id)"),
                    List.of("AC/DC3", 10_001)),
            new AdviceQuestion("""
                    SELECT ar.name, COUNT(*) FROM artist ar JOIN album al ON al.artist_id = ar.artist_id
                      JOIN track t ON t.album_id = al.album_id WHERE ar.name = ? GROUP BY ar.name""", List.of("artist(name)", "album(artist_id)", "track(album_id)"), List.of("Accept9")),
            new AdviceQuestion("""
                    SELECT t.name FROM track t WHERE t.composer = ?
                       AND EXISTS (SELECT 1 FROM invoice_line il WHERE il.track_id = t.track_id AND il.quantity > ?)""", List.of("track(composer)", "invoice_line(track_id)"), List.of("AC/DC3", 0)),
            // A unique key, the first column of one, one that is indexed, a table that is small.
            none("SELECT * FROM invoice WHERE invoice_id = ?", 10_001),
            none("SELECT * FROM playlist_track WHERE playlist_id = ? AND track_id = ?", 1, 10_001),
            none("SELECT * FROM playlist_track WHERE playlist_id = ?", 12),
            none("SELECT * FROM album WHERE title = ?", "Balls to the Wall4"),
            none("SELECT * FROM genre WHERE name = ?", "Jazz"),
            // What an index over the column is no good for.
            none("SELECT * FROM track WHERE name LIKE ?", "%wild%"),
            none("SELECT * FROM track WHERE LOWER(name) = ?", "restless and wild7"),
            none("SELECT * FROM track WHERE milliseconds + bytes = ?", 1),
            none("SELECT * FROM track WHERE unit_price <> ?", 1),
            none("SELECT COUNT(*) FROM track"));

    private static AdviceQuestion ask(String sql, String index, Object... values) {
        return new AdviceQuestion(sql, List.of(index), List.of(values));
    }

    private static AdviceQuestion none(String sql, Object... values) {
        return new AdviceQuestion(sql, List.of(), List.of(values));
    }
}

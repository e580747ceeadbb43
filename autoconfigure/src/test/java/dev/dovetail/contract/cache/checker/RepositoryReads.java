package dev.dovetail.contract.cache.checker;

import dev.dovetail.Database;
import dev.dovetail.cache.CacheOperations;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.cache.checker.CheckedSchema.Item;
import dev.dovetail.contract.cache.checker.CheckedSchema.Note;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads as an application does: by repositories whose results are kept, and by named queries. */
final class RepositoryReads implements CachedReads {

    private final Database database;
    private final JdbcClient jdbc;
    private final CheckedRepositories.CachedItems items;
    private final CheckedRepositories.CachedNotes notes;
    private final CacheOperations operations;

    RepositoryReads(TestApplication application) {
        this.database = application.database();
        this.jdbc = application.jdbc();
        this.items = application.bean(CheckedRepositories.CachedItems.class);
        this.notes = application.bean(CheckedRepositories.CachedNotes.class);
        this.operations = application.bean(CacheOperations.class);
    }

    @Override
    public Item item(long id) {
        return items.findById(id).orElseThrow();
    }

    @Override
    public List<Item> group(int group) {
        return items.findByGrp(group);
    }

    @Override
    public long sumOfView(int group) {
        return number("view", "SELECT total FROM item_sum WHERE grp = ?", group);
    }

    @Override
    public @Nullable Long note(long id) {
        return notes.findById(id).map(Note::generation).orElse(null);
    }

    @Override
    public List<Long> children(long note) {
        return database.query("children")
                .key(note)
                .cached()
                .run(() -> jdbc.sql("SELECT generation FROM child WHERE note_id = ?")
                        .param(note)
                        .query(Long.class)
                        .list());
    }

    @Override
    public long entries(int group) {
        return number("entries", "SELECT count(*) FROM entry WHERE grp = ?", group);
    }

    @Override
    public long total(int group) {
        return number("total", "SELECT total FROM entry_total WHERE grp = ?", group);
    }

    private long number(String query, String sql, int group) {
        return database.query(query)
                .key(group)
                .cached()
                .run(() -> jdbc.sql(sql).param(group).query(Long.class).single());
    }

    @Override
    public @Nullable Long wiped() {
        Optional<Long> found = database.query("wiped")
                .key()
                .cached()
                .run(() -> jdbc.sql("SELECT generation FROM wiped WHERE id = 1")
                        .query(Long.class)
                        .optional());
        return found.orElse(null);
    }

    @Override
    public long hits() {
        return operations.names().stream()
                .mapToLong(name -> operations.statistics(name).hits())
                .sum();
    }
}

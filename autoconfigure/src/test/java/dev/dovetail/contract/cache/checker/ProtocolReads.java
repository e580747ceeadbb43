package dev.dovetail.contract.cache.checker;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.cache.checker.CheckedSchema.Item;
import dev.dovetail.contract.cache.checker.CheckedSchema.Note;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads through the least cache of the protocol. */
final class ProtocolReads implements CachedReads {

    private final JdbcClient jdbc;
    private final CheckedRepositories.Items items;
    private final CheckedRepositories.Notes notes;
    private final TestCache cache;

    ProtocolReads(TestApplication application) {
        this.jdbc = application.jdbc();
        this.items = application.bean(CheckedRepositories.Items.class);
        this.notes = application.bean(CheckedRepositories.Notes.class);
        this.cache = new TestCache(application.dataSource().versions());
    }

    @Override
    public Item item(long id) {
        return Objects.requireNonNull(
                cache.<Item>row("item", id, () -> items.findById(id).orElseThrow()));
    }

    @Override
    public List<Item> group(int group) {
        return Objects.requireNonNull(cache.<List<Item>>get("group" + group, () -> items.findByGrp(group)));
    }

    @Override
    public long sumOfView(int group) {
        return number("view" + group, "SELECT total FROM item_sum WHERE grp = ?", group);
    }

    @Override
    public @Nullable Long note(long id) {
        return cache.row(
                "note", id, () -> notes.findById(id).map(Note::generation).orElse(null));
    }

    @Override
    public List<Long> children(long note) {
        return Objects.requireNonNull(cache.<List<Long>>get(
                "children" + note,
                () -> jdbc.sql("SELECT generation FROM child WHERE note_id = ?")
                        .param(note)
                        .query(Long.class)
                        .list()));
    }

    @Override
    public long entries(int group) {
        return number("entries" + group, "SELECT count(*) FROM entry WHERE grp = ?", group);
    }

    @Override
    public long total(int group) {
        return number("total" + group, "SELECT total FROM entry_total WHERE grp = ?", group);
    }

    private long number(String key, String sql, int group) {
        return Objects.requireNonNull(cache.<Long>get(
                key, () -> jdbc.sql(sql).param(group).query(Long.class).single()));
    }

    @Override
    public @Nullable Long wiped() {
        return cache.get(
                "wiped",
                () -> jdbc.sql("SELECT generation FROM wiped WHERE id = 1")
                        .query(Long.class)
                        .optional()
                        .orElse(null));
    }

    @Override
    public long hits() {
        return cache.hits();
    }
}

package dev.dovetail.benchmarks.subject;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Makes sure that a subject does the work it is measured for, and leaves the table as it was. */
public final class Agreement {

    private final Subject subject;
    private final DatabaseUnderTest database;
    private final int rows;

    private Agreement(Subject subject, DatabaseUnderTest database, int rows) {
        this.subject = subject;
        this.database = database;
        this.rows = rows;
    }

    /**
     * Does every piece of work once.
     *
     * @param rows that are in the table, at least 50
     * @throws IllegalStateException if anything is read or written otherwise than it should be
     */
    public static void check(Subject subject, DatabaseUnderTest database, int rows) {
        Agreement agreement = new Agreement(subject, database, rows);
        agreement.reads();
        agreement.pages();
        agreement.changes();
        agreement.inserts();
        reset(database, rows);
        same("rows left", (long) rows, agreement.count());
    }

    /** Takes back what was inserted. */
    public static void reset(DatabaseUnderTest database, int rows) {
        database.execute("DELETE FROM users WHERE id > " + rows);
    }

    private void reads() {
        for (long id : new long[] {1, 2, rows / 2, rows}) {
            same("row by id", SampleUsers.stored(id), UserRow.of(subject.byId(id)));
            same("row by email", SampleUsers.stored(id), UserRow.of(subject.byEmail(SampleUsers.email(id))));
        }
        Set<UserRow> all = new HashSet<>(records(subject.all()));
        same("number of all rows", rows, all.size());
        for (long id = 1; id <= rows; id++) {
            same("row among all", true, all.contains(SampleUsers.stored(id)));
        }
    }

    private void pages() {
        int last = rows / Subject.PAGE_SIZE - 1;
        for (int page : new int[] {0, last}) {
            long before = (long) page * Subject.PAGE_SIZE;
            same("page by offset", stored(before), records(subject.pageByOffset(page)));
            same("page by keyset", stored(before), records(subject.pageByKeyset(before)));
        }
    }

    private void changes() {
        UserRow original = SampleUsers.stored(7);
        UserRow changed = new UserRow(7L, "seven@example.com", "Seven", 77, original.createdAt());
        subject.update(changed);
        same("updated row", changed, UserRow.of(subject.byId(7)));
        subject.update(original);
        same("row updated back", original, UserRow.of(subject.byId(7)));
        subject.readModifyWrite(7);
        same("row read, modified and written", original.older(), UserRow.of(subject.byId(7)));
        subject.update(original);
    }

    private void inserts() {
        UserRow fresh = SampleUsers.fresh(-1);
        long id = subject.insert(fresh);
        same("inserted row", fresh.withId(id), UserRow.of(subject.byId(id)));
        List<UserRow> many = SampleUsers.fresh(-1_000_000, 50);
        List<UserRow> saved = records(subject.saveAll(many));
        same("number of saved rows", many.size(), saved.size());
        for (int i = 0; i < many.size(); i++) {
            Long savedId = Objects.requireNonNull(saved.get(i).id());
            same("saved row", many.get(i).withId(savedId), saved.get(i));
            same("saved row as it is read", saved.get(i), UserRow.of(subject.byId(savedId)));
        }
        same("number of rows", rows + 1L + many.size(), count());
    }

    private long count() {
        return database.queryForLong("SELECT count(*) FROM users");
    }

    private static List<UserRow> stored(long before) {
        List<UserRow> page = new ArrayList<>();
        for (int i = 1; i <= Subject.PAGE_SIZE; i++) {
            page.add(SampleUsers.stored(before + i));
        }
        return page;
    }

    private static List<UserRow> records(Iterable<? extends User> users) {
        List<UserRow> records = new ArrayList<>();
        users.forEach(user -> records.add(UserRow.of(user)));
        return records;
    }

    private static void same(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException("%s: expected %s but got %s".formatted(what, expected, actual));
        }
    }
}

package dev.dovetail.contract.cache.checker;

import static dev.dovetail.contract.cache.checker.CheckedSchema.CHILDREN;
import static dev.dovetail.contract.cache.checker.CheckedSchema.GROUPS;
import static dev.dovetail.contract.cache.checker.CheckedSchema.ITEMS;
import static dev.dovetail.contract.cache.checker.CheckedSchema.LOGS;
import static dev.dovetail.contract.cache.checker.CheckedSchema.NEVER;
import static dev.dovetail.contract.cache.checker.CheckedSchema.NOTES;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.cache.checker.CheckedSchema.Item;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads whatever there is, again and again, and compares it with what was known before. Used by one thread. */
final class Reader {

    private static final int AT_ONCE = 16;

    private final CachedReads reads;
    private final Known known;
    private final Verdicts verdicts;
    private final JdbcClient jdbc;
    private final TransactionTemplate readOnly;
    private final SplittableRandom random;

    Reader(TestApplication application, CachedReads reads, Known known, int seed) {
        this.reads = reads;
        this.known = known;
        this.verdicts = known.verdicts();
        this.jdbc = application.jdbc();
        this.readOnly = application.readOnlyTransaction();
        this.random = new SplittableRandom(seed);
    }

    /** Some rows by their ids, most of them just written, and something else. */
    void readSome() {
        for (int i = 0; i < AT_ONCE; i++) {
            readItem("findById", pickItem());
        }
        switch (random.nextInt(10)) {
            case 0 -> readGroup(random.nextInt(GROUPS));
            case 1 -> readSum(random.nextInt(GROUPS));
            case 2 -> readNote(random.nextInt(NOTES));
            case 3 -> readChildren(random.nextInt(NOTES));
            case 4 -> readLog("count", random.nextInt(LOGS), false);
            case 5 -> readLog("total by trigger", random.nextInt(LOGS), true);
            case 6 -> readWiped();
            case 7, 9 -> readDirectly(pickItem());
            case 8 -> readInTransaction(pickItem());
            default -> readInTransaction(random.nextInt(ITEMS));
        }
    }

    private int pickItem() {
        return random.nextInt(4) > 0 ? known.recent().get(random.nextInt()) : random.nextInt(ITEMS);
    }

    private void readItem(String reader, int id) {
        long floor = known.items().floor(id);
        boolean hot = known.items().isHot(id);
        foundItem(reader, reads.item(id), floor);
        verdicts.read(hot);
    }

    private void foundItem(String reader, Item item, long floor) {
        int id = item.id().intValue();
        verdicts.notOlder(reader, known.items(), id, floor, item.version());
        if (item.version() >= NEVER) {
            verdicts.violated("%s of %d found what was rolled back".formatted(reader, id));
        } else {
            known.items().seen(id, item.version());
        }
    }

    private void readGroup(int group) {
        long[] floors = new long[ITEMS];
        for (int id = 0; id < ITEMS; id++) {
            floors[id] = known.items().floor(id);
        }
        boolean hot = known.items().isHot(group);
        List<Item> found = reads.group(group);
        found.forEach(item -> foundItem("findByGrp", item, floors[item.id().intValue()]));
        if (found.size() != ITEMS / GROUPS) {
            verdicts.violated("findByGrp of %d found %d rows".formatted(group, found.size()));
        }
        verdicts.read(hot);
    }

    private void readSum(int group) {
        long floor = 0;
        for (int id = group; id < ITEMS; id += GROUPS) {
            floor += known.items().floor(id);
        }
        boolean hot = known.items().isHot(group);
        verdicts.notOlder("sum by view", known.items(), group, floor, reads.sumOfView(group));
        verdicts.read(hot);
    }

    private void readNote(int id) {
        long floor = known.notes().floor(id);
        boolean hot = known.notes().isHot(id);
        foundState("note", known.notes(), id, floor, reads.note(id));
        verdicts.read(hot);
    }

    private void readChildren(int id) {
        long floor = known.notes().floor(id);
        boolean hot = known.notes().isHot(id);
        List<Long> found = reads.children(id);
        if (!found.isEmpty()
                && (found.size() != CHILDREN || found.stream().distinct().count() != 1)) {
            verdicts.violated("children of %d found %s".formatted(id, found));
        }
        foundState("children", known.notes(), id, floor, found.isEmpty() ? null : found.get(0));
        verdicts.read(hot);
    }

    private void readWiped() {
        long floor = known.wiped().floor(0);
        boolean hot = known.wiped().isHot(0);
        foundState("wiped table", known.wiped(), 0, floor, reads.wiped());
        verdicts.read(hot);
    }

    // That there is none is older than the floor only if nobody has begun to remove it since.
    private void foundState(String reader, Floors floors, int id, long floor, @Nullable Long generation) {
        if (generation != null) {
            verdicts.notOlder(reader, floors, id, floor, 2 * generation);
            floors.seen(id, 2 * generation);
        } else if (floor % 2 == 0 && floors.begun(id) <= floor) {
            verdicts.violated("%s of %d, last written by %s: found none".formatted(reader, id, floors.writer(id)));
        }
    }

    private void readLog(String reader, int group, boolean total) {
        long floor = known.logs().floor(group);
        boolean hot = known.logs().isHot(group);
        long found = total ? reads.total(group) : reads.entries(group);
        verdicts.notOlder(reader, known.logs(), group, floor, found);
        known.logs().seen(group, found);
        verdicts.read(hot);
    }

    // Whoever sees a commit here must not see the time before it in the cache afterwards.
    private void readDirectly(int id) {
        long floor = known.items().floor(id);
        Item item = jdbc.sql("SELECT id, grp, version FROM item WHERE id = ?")
                .param(id)
                .query(Item.class)
                .single();
        foundItem("direct read", item, floor);
        readItem("findById after a direct read", id);
    }

    private void readInTransaction(int id) {
        int other = random.nextInt(ITEMS);
        long floor = known.items().floor(id);
        long otherFloor = known.items().floor(other);
        readOnly.executeWithoutResult(status -> {
            foundItem("findById in a read-only transaction", reads.item(id), floor);
            foundItem("findById later in a read-only transaction", reads.item(other), otherFloor);
            readNoteWithin(id % NOTES);
        });
        verdicts.read(known.items().isHot(id));
    }

    // Its snapshot may have begun with what was read before.
    private void readNoteWithin(int id) {
        Long generation = reads.note(id);
        if (generation != null && 2 * generation > known.notes().begun(id)) {
            verdicts.violated("note of %d in a read-only transaction found what nobody has written".formatted(id));
        }
    }
}

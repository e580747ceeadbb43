package dev.dovetail.contract.cache.checker;

import static dev.dovetail.contract.cache.checker.CheckedSchema.ITEMS;
import static dev.dovetail.contract.cache.checker.CheckedSchema.LOGS;
import static dev.dovetail.contract.cache.checker.CheckedSchema.NOTES;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What readers and writers know of each other.
 *
 * @param items by id
 * @param notes by id; where a note of generation g lies, it is 2g, and after its removal 2g + 1
 * @param logs how many entries, by group
 * @param wiped the same as of notes
 * @param recent the ids of items that were written last
 */
record Known(Floors items, Floors notes, Floors logs, Floors wiped, Recent recent, Verdicts verdicts) {

    static Known create() {
        return new Known(
                new Floors(ITEMS), new Floors(NOTES), new Floors(LOGS), new Floors(1), new Recent(), new Verdicts());
    }

    /** The items that were written last. */
    static final class Recent {

        private static final int MOST = 4;

        private final AtomicIntegerArray ids = new AtomicIntegerArray(MOST);
        private final AtomicInteger next = new AtomicInteger();

        void add(int id) {
            ids.set(Math.floorMod(next.getAndIncrement(), MOST), id);
        }

        int get(int random) {
            return ids.get(Math.floorMod(random, MOST));
        }
    }
}

package dev.dovetail.contract.cache.checker;

import dev.dovetail.contract.cache.checker.CheckedSchema.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads through a cache, whichever it is. */
interface CachedReads {

    /** A row by its id. */
    Item item(long id);

    /** Rows by another column. */
    List<Item> group(int group);

    /** The sum of a group's versions, by a view. */
    long sumOfView(int group);

    /** Which note lies there, of those that are removed and made anew; null for none. */
    @Nullable
    Long note(long id);

    /** The rows that go with a note by ON DELETE CASCADE. */
    List<Long> children(long note);

    /** How many rows a group of a table has that only grows. */
    long entries(int group);

    /** The same number, kept by a trigger. */
    long total(int group);

    /** What is in a table that is emptied as a whole; null for nothing. */
    @Nullable
    Long wiped();

    /** How many of the reads so far came from the cache. */
    long hits();
}

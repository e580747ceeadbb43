package dev.dovetail.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Copies of one database, and putting one in its place. Knows nothing of names, keys and how many to keep.
 *
 * <p>Safe for use by several threads, but only one may replace the database at a time.
 */
public interface DatabaseBackups {

    /** How the name of a copy ends, without the dot. */
    String suffix();

    /** Whether copies are compressed as they are. */
    boolean compressesItself();

    /**
     * Looks whether copies can be made from here at all; copies nothing.
     *
     * @throws CopyNotPossibleException if not
     */
    default void requirePossible() throws SQLException, IOException {}

    /** About how many bytes a copy takes, at most. */
    long estimatedSize() throws SQLException;

    /**
     * Writes a copy of the database as it is at one moment, on a connection of its own, while others read and write.
     *
     * @param file exists and is empty, so that its maker says who may read it
     * @param progress called every now and then; what it throws ends the copying
     * @return what is in the database at that moment
     * @throws IOException if the copy could not be written, or what makes it is missing
     */
    BackupContents copy(Path file, CopyProgress progress) throws SQLException, IOException;

    /**
     * Reads a whole copy, opening it so that nothing is changed.
     *
     * @return what is in it
     * @throws DamagedCopyException if it is none, or not whole
     */
    BackupContents check(Path file) throws IOException;

    /** Where a copy must lie before it takes the database's place; null if anywhere. */
    default @Nullable Path stage() {
        return null;
    }

    /**
     * Puts a copy that was checked in the place of the database, as a whole or not at all, also where the database cannot be
     * opened any more. Whoever has a connection must have been asked to give it back; those of this process that are still open
     * are ended.
     *
     * @param copy at {@link #stage()} if there is such a place; it is gone afterwards
     * @param label distinguishes what is kept of the replaced database from what was kept before
     * @return where the replaced database is now; null if nothing is kept of it
     */
    @Nullable
    Path replace(Path copy, String label) throws SQLException, IOException;
}

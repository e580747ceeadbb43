package dev.dovetail.engine;

/** Hears how far the copying of a database is. */
@FunctionalInterface
public interface CopyProgress {

    /**
     * So much is done; throws to end it.
     *
     * @param done bytes written
     * @param total bytes there will be; 0 if unknown
     */
    void copied(long done, long total);
}

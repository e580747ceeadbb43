package dev.dovetail.engine;

/** The files of an embedded database, as the operating system sees them. Never opens them. */
public interface DatabaseFiles {

    /** Absolute path of the database file. */
    String path();

    /** Bytes in the database file; 0 if it is gone. */
    long size();

    /** Bytes in the write-ahead log; 0 if there is none. */
    long writeAheadLogSize();

    /** Whether the path still names the file that was opened: not deleted, not replaced by another. */
    boolean inPlace();
}

package dev.dovetail.engine;

/** What a physical connection is for; engines open each kind differently. */
public enum ConnectionRole {
    /** Reads and writes, in the pool of the primary. */
    WRITER,
    /** Reads only, in the pool of readers or replicas. */
    READER,
    /** Migrations and maintenance: not pooled, without statement and socket timeouts. */
    MAINTENANCE
}

package dev.dovetail.migration;

/** Whether a backup is made before the database is migrated. */
public enum BackupPolicy {
    /** No. */
    NEVER,
    /** If it can be made here at all; else there is a warning, and the database is migrated without one. */
    WHERE_POSSIBLE,
    /** Yes; without one the database is not migrated. */
    ALWAYS
}

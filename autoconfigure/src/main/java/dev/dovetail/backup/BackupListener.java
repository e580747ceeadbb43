package dev.dovetail.backup;

/** Hears of backups. Must be safe for use by several threads. */
public interface BackupListener {

    /** One was made and verified. */
    default void onBackup(BackupReport report) {}

    /** One could not be made. */
    default void onFailure(BackupException failure) {}
}

package dev.dovetail.maintenance;

/**
 * What is asked of the optimizer beside what it does by itself.
 *
 * @param dryRun only say what would be done, and change nothing
 * @param reindex also rebuild indexes: on PostgreSQL those that are not valid, concurrently; on SQLite all of them
 * @param fullVacuum also rewrite a SQLite file as a whole; nobody can write meanwhile
 */
public record OptimizationOptions(boolean dryRun, boolean reindex, boolean fullVacuum) {

    private static final OptimizationOptions DEFAULTS = new OptimizationOptions(false, false, false);

    /** What is done every night. */
    public static OptimizationOptions defaults() {
        return DEFAULTS;
    }

    /** The same, but nothing is changed. */
    public OptimizationOptions asDryRun() {
        return new OptimizationOptions(true, reindex, fullVacuum);
    }

    /** The same, and indexes are rebuilt. */
    public OptimizationOptions withReindex() {
        return new OptimizationOptions(dryRun, true, fullVacuum);
    }

    /** The same, and a SQLite file is rewritten. */
    public OptimizationOptions withFullVacuum() {
        return new OptimizationOptions(dryRun, reindex, true);
    }
}

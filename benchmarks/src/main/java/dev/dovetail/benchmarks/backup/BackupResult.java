package dev.dovetail.benchmarks.backup;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one run measured.
 *
 * @param fileBytes size of the database
 * @param alone writes while no backup was made
 * @param during writes while backups were made
 * @param backups those that were made meanwhile
 */
record BackupResult(long fileBytes, Writes alone, Writes during, List<Backup> backups) {

    /**
     * Writes of one phase, those that failed, too.
     *
     * @param count how many
     * @param p50 milliseconds
     * @param p99 milliseconds
     * @param max milliseconds
     * @param errors by class
     */
    record Writes(long count, double p50, double p99, double max, Map<String, Integer> errors) {

        private static final double MICROS_PER_MILLI = 1_000;

        static Writes of(Histogram micros, Map<String, Integer> errors) {
            return new Writes(
                    micros.getTotalCount(),
                    micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                    micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
                    micros.getMaxValue() / MICROS_PER_MILLI,
                    errors);
        }

        int errorCount() {
            return errors.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * A backup, from the call until it was verified.
     *
     * @param bytes of its file
     */
    record Backup(double seconds, long bytes) {

        private static final double MEGABYTE = 1e6;

        double megabytesPerSecond() {
            return bytes / MEGABYTE / seconds;
        }
    }
}

package dev.dovetail.monitoring.health;

import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** How much room there is on the disk of an embedded database: as a share, and in bytes. */
final class DiskRule implements HealthRule {

    private static final long LITTLE = 1024L * 1024 * 1024;

    // A tenth of a large disk is a lot of room: nobody need hurry.
    private static final double PLENTY = 50.0 * LITTLE;

    /** @param total what the disk holds, in bytes */
    record Space(long free, long total) {

        static Space around(DatabaseFiles files) throws IOException {
            Path directory = Path.of(files.path()).getParent();
            FileStore store = Files.getFileStore(directory == null ? Path.of(".") : directory);
            return new Space(store.getUsableSpace(), store.getTotalSpace());
        }
    }

    private final Threshold.Kind kind;
    private final String path;
    private final Callable<Space> space;

    private DiskRule(Threshold.Kind kind, String path, Callable<Space> space) {
        this.kind = kind;
        this.path = path;
        this.space = space;
    }

    static List<HealthRule> all(String path, Callable<Space> space) {
        return List.of(new DiskRule(Threshold.Kind.SIZE, path, space), new DiskRule(Threshold.Kind.SHARE, path, space));
    }

    @Override
    public String id() {
        return kind == Threshold.Kind.SIZE ? "disk-space" : "disk-share";
    }

    @Override
    public Threshold threshold() {
        return kind == Threshold.Kind.SIZE ? Threshold.size(LITTLE) : Threshold.share(0.1);
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) throws Exception {
        Space now = evaluation.shared(Space.class, space);
        // Some network and overlay file systems say 0 of everything.
        if (now.total() <= 0) {
            return List.of();
        }
        double measured = kind == Threshold.Kind.SIZE ? (double) now.free() : (double) now.free() / now.total();
        if (measured >= evaluation.threshold() || (kind == Threshold.Kind.SHARE && (double) now.free() > PLENTY)) {
            return List.of();
        }
        return List.of(evaluation.degraded(
                path,
                severity(measured, evaluation.threshold()),
                measured,
                "Only %s of the disk of %s are free".formatted(evaluation.shown(measured), path),
                "Make room, or move the database: when the disk is full nothing can be written. Old backups beside it,"
                        + " and logs, are the first to look at."));
    }

    private Severity severity(double measured, double threshold) {
        boolean nearlyFull = measured < threshold / 4;
        if (kind == Threshold.Kind.SIZE) {
            return nearlyFull ? Severity.CRITICAL : Severity.HIGH;
        }
        return nearlyFull ? Severity.HIGH : Severity.MEDIUM;
    }
}

package dev.dovetail.monitoring.health;

import dev.dovetail.engine.DatabaseFiles;
import java.util.List;

/** Whether the file that is open is still the one that its path names. */
final class DatabaseFileRule implements HealthRule {

    private final DatabaseFiles files;

    DatabaseFileRule(DatabaseFiles files) {
        this.files = files;
    }

    @Override
    public String id() {
        return StandardRules.DATABASE_FILE;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) {
        return files.inPlace()
                ? List.of()
                : List.of(evaluation.down(
                        files.path(),
                        "The database file " + files.path()
                                + " was deleted or replaced while it is open; what is written now is lost to everybody else",
                        "Stop the application, put the right file in place together with its -wal, and start again."));
    }
}

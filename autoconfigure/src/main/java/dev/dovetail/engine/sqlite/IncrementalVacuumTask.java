package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.UpkeepRequest;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepSettings;
import dev.dovetail.engine.UpkeepTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives free pages back to the file system, a few at a time. */
record IncrementalVacuumTask(UpkeepSettings settings) implements UpkeepTask {

    // A few milliseconds of the write lock.
    private static final int SLICE = 500;

    @Override
    public String name() {
        return "incremental-vacuum";
    }

    @Override
    public int order() {
        return VACUUM;
    }

    @Override
    public UpkeepResult run(Connection connection, UpkeepRequest request) throws SQLException {
        SqliteSpace space = SqliteSpace.of(connection);
        Map<String, Object> details = space.details(settings);
        if (!settings.incrementalVacuum()) {
            return UpkeepResult.skipped("dovetail.optimizer.incremental-vacuum is false", details);
        }
        if (!space.exceeds(settings)) {
            return UpkeepResult.notNeeded(space.describe(), details);
        }
        if (!SqlitePragma.freesIncrementally(connection)) {
            return UpkeepResult.skipped(
                    space.describe() + ", but the file was not made for giving them back (auto_vacuum is not"
                            + " incremental). One full VACUUM does both: ask for it with fullVacuum.",
                    details);
        }
        return request.dryRun()
                ? UpkeepResult.planned(space.describe() + " and would be given back", details)
                : vacuum(connection, request, space);
    }

    private UpkeepResult vacuum(Connection connection, UpkeepRequest request, SqliteSpace before) throws SQLException {
        Turns turns = new Turns(request.goesOn());
        long left = before.freePages();
        do {
            SqlitePragma.run(connection, "incremental_vacuum(" + SLICE + ")");
            left -= SLICE;
        } while (left > 0 && turns.next());
        CheckpointTask.shorten(connection);
        SqliteSpace after = SqliteSpace.of(connection);
        Map<String, Object> details = new LinkedHashMap<>(before.details(settings));
        details.put("pagesAfter", after.pages());
        details.put("freePagesAfter", after.freePages());
        return UpkeepResult.done(
                "%s; %d pages were given back"
                        .formatted(before.describe(), Math.max(0, before.pages() - after.pages())),
                details);
    }
}

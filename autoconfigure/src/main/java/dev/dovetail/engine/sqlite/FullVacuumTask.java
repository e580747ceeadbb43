package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.UpkeepRequest;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepSettings;
import dev.dovetail.engine.UpkeepTask;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rewrites the file as a whole: nobody can write meanwhile, so that it is only done if somebody wants it. */
record FullVacuumTask(UpkeepSettings settings) implements UpkeepTask {

    @Override
    public String name() {
        return "full-vacuum";
    }

    @Override
    public int order() {
        return FULL_VACUUM;
    }

    @Override
    public UpkeepResult run(Connection connection, UpkeepRequest request) throws SQLException {
        SqliteSpace space = SqliteSpace.of(connection);
        Map<String, Object> details = space.details(settings);
        if (!request.fullVacuum() && !settings.fullVacuum()) {
            return UpkeepResult.skipped("It was not asked for (dovetail.optimizer.full-vacuum is false)", details);
        }
        if (!request.fullVacuum() && !space.exceeds(settings)) {
            return UpkeepResult.notNeeded(space.describe(), details);
        }
        String obstacle = obstacle(connection, space, details);
        if (obstacle != null) {
            return UpkeepResult.skipped(obstacle, details);
        }
        return request.dryRun()
                ? UpkeepResult.planned("The file of " + space.bytes() + " bytes would be rewritten", details)
                : vacuum(connection, space, details);
    }

    private static @Nullable String obstacle(Connection connection, SqliteSpace space, Map<String, Object> details)
            throws SQLException {
        Path file = SqlitePragma.file(connection);
        if (Litestream.follows(file, connection)) {
            return "Litestream follows this file, and would have to copy all of it again. Stop it, and make a new replica"
                    + " afterwards, if it must be done.";
        }
        DiskPlace beside = DiskPlace.of(file.toAbsolutePath().getParent());
        DiskPlace temporary = DiskPlace.ofTemporaryFiles();
        details.put("usableBytes", beside.usable());
        details.put("usableTemporaryBytes", temporary.usable());
        return tooLittle(beside, temporary, space.bytes());
    }

    // The new file is made in a temporary one, and copied into the log before the file is replaced page by page.
    static @Nullable String tooLittle(DiskPlace beside, DiskPlace temporary, long bytes) {
        if (beside.isOneDiskWith(temporary)) {
            return tooLittle(beside, 2 * bytes);
        }
        String problem = tooLittle(beside, bytes);
        return problem == null ? tooLittle(temporary, bytes) : problem;
    }

    private static @Nullable String tooLittle(DiskPlace place, long needed) {
        return place.usable() >= needed
                ? null
                : "There are %d bytes free in %s, but %d are needed. Free some space, or enlarge the volume."
                        .formatted(place.usable(), place.directory(), needed);
    }

    private static UpkeepResult vacuum(Connection connection, SqliteSpace before, Map<String, Object> decided)
            throws SQLException {
        // Where temporary tables live in memory, the new file would, too.
        SqlitePragma.run(connection, "temp_store = FILE");
        SqlitePragma.update(connection, "VACUUM");
        CheckpointTask.shorten(connection);
        SqliteSpace after = SqliteSpace.of(connection);
        Map<String, Object> details = new LinkedHashMap<>(decided);
        details.put("pagesAfter", after.pages());
        return UpkeepResult.done(
                "The file was rewritten: %d pages instead of %d".formatted(after.pages(), before.pages()), details);
    }
}

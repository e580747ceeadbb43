package dev.dovetail.monitoring.health;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.DatabaseUpkeep;
import dev.dovetail.engine.EngineConnections;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code database}: how large it is, and what else its engine says of it in numbers. */
public final class DatabaseFigures implements HealthMetrics {

    /** How these numbers are called in a report. */
    public static final String NAME = "database";

    private static final Logger log = LoggerFactory.getLogger(DatabaseFigures.class);

    private final DatabaseUpkeep upkeep;
    private final EngineConnections connections;

    public DatabaseFigures(DatabaseUpkeep upkeep, EngineConnections connections) {
        this.upkeep = upkeep;
        this.connections = connections;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Object> read() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        DatabaseFiles files = connections.files();
        if (files != null) {
            addFiles(numbers, files);
        }
        // Whoever opens a file that was deleted or replaced asks another one.
        if (files == null || files.inPlace()) {
            addAnswers(numbers, files);
        }
        return numbers;
    }

    private static void addFiles(Map<String, Object> numbers, DatabaseFiles files) {
        numbers.put("bytes", files.size());
        numbers.put("writeAheadLogBytes", files.writeAheadLogSize());
        try {
            numbers.put("diskFreeBytes", DiskRule.Space.around(files).free());
        } catch (IOException e) {
            log.debug("The disk of the database could not be looked at", e);
        }
    }

    // Beside the pools, as the probes do it: they may be exhausted just now.
    private void addAnswers(Map<String, Object> numbers, @Nullable DatabaseFiles files) {
        try (Connection connection =
                connections.open(files == null ? ConnectionRole.MAINTENANCE : ConnectionRole.READER)) {
            NetworkPatience.limit(connection);
            Long bytes = files == null ? upkeep.size(connection) : null;
            if (bytes != null) {
                numbers.put("bytes", bytes);
            }
            numbers.putAll(upkeep.figures(connection));
        } catch (SQLException e) {
            log.debug("The numbers of the database could not be asked", e);
        }
    }
}

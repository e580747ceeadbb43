package dev.dovetail.actuator;

import dev.dovetail.migration.AppliedMigration;
import dev.dovetail.migration.MigrationHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was done to the schema: the application's migrations and the layer's own, the newest first. */
public final class MigrationSection implements EndpointSection {

    private static final int SHOWN = 100;

    private final MigrationHistory history;

    public MigrationSection(MigrationHistory history) {
        this.history = history;
    }

    @Override
    public String name() {
        return "migrations";
    }

    @Override
    public List<Map<String, Object>> show() {
        return history.newest(SHOWN).stream().map(MigrationSection::shown).toList();
    }

    private static Map<String, Object> shown(AppliedMigration migration) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("history", migration.history());
        if (migration.version() != null) {
            shown.put("version", migration.version());
        }
        shown.put("description", migration.description());
        shown.put("type", migration.type());
        shown.put("script", migration.script());
        if (migration.installedOn() != null) {
            shown.put("installedOn", migration.installedOn());
        }
        shown.put("duration", migration.duration());
        shown.put("success", migration.success());
        return shown;
    }
}

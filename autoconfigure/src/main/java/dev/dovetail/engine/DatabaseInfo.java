package dev.dovetail.engine;

import java.util.List;
import java.util.Map;

/**
 * What the application is connected to.
 *
 * @param engine the engine's name, for example {@code sqlite}
 * @param flavour the product that answers, which may be a compatible one, for example {@code CockroachDB}
 * @param version its version
 * @param capabilities what it can do
 * @param settings those that were asked for, as they are in force
 * @param runtime what the server reports of its own configuration
 */
public record DatabaseInfo(
        String engine,
        String flavour,
        String version,
        Capabilities capabilities,
        List<AppliedSetting> settings,
        Map<String, String> runtime) {

    public DatabaseInfo {
        settings = List.copyOf(settings);
        runtime = Map.copyOf(runtime);
    }

    /** The same, with these settings. */
    public DatabaseInfo with(List<AppliedSetting> other) {
        return new DatabaseInfo(engine, flavour, version, capabilities, other, runtime);
    }
}

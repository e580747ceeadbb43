package dev.dovetail.migration;

import dev.dovetail.engine.DatabaseEngine;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Makes Flyway run one set of scripts on any engine. Immutable; safe for use by several threads if the engine is.
 *
 * <ul>
 *   <li>Scripts in a folder named after another engine are not seen; a script in a folder named after the engine in use
 *       replaces the common one of the same file name.
 *   <li>The engine's {@linkplain DatabaseEngine#migrationWords() words} are placeholders; those of the application win.
 * </ul>
 */
public final class PortableMigrations {

    private final DatabaseEngine engine;
    private final EngineFolders folders;

    /**
     * @param engine the one in use
     * @param engines the names of all that an application may use, with or without the one in use
     */
    public PortableMigrations(DatabaseEngine engine, Set<String> engines) {
        this.engine = engine;
        this.folders = new EngineFolders(engine.name(), engines);
    }

    /** The engine in use. */
    public DatabaseEngine engine() {
        return engine;
    }

    /** Adds words and the choice of scripts; a resource provider that was set before stays. */
    public void configure(FluentConfiguration configuration) {
        configuration.placeholders(withWords(configuration.getPlaceholders()));
        EngineScripts scripts = new EngineScripts(configuration, folders);
        if (configuration.getResourceProvider() == null) {
            configuration.resourceProvider(scripts);
        }
        if (configuration.getJavaMigrationClassProvider() == null) {
            configuration.javaMigrationClassProvider(scripts);
        }
    }

    /** Flyway reads placeholders without regard to case, so that is how the application's win. */
    private Map<String, String> withWords(Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(own);
        engine.migrationWords().forEach(all::putIfAbsent);
        return all;
    }
}

package dev.dovetail.autoconfigure;

import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseStartException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the engine that was asked for, by name or by URL, and never takes another instead. */
final class DatabaseSelection {

    private static final String DEFAULT = "sqlite";

    // What to add where the engine's configuration is missing because its driver is.
    private static final Map<String, String> DRIVERS =
            Map.of("sqlite", "org.xerial:sqlite-jdbc", "postgresql", "org.postgresql:postgresql");

    private final List<DatabaseEngine> engines;

    DatabaseSelection(List<DatabaseEngine> engines) {
        this.engines = engines;
    }

    DatabaseEngine choose(@Nullable String type, ConnectionTarget target) {
        String url = target.url();
        if (type == null || type.isBlank()) {
            return url == null
                    ? byName(DEFAULT, "Neither dovetail.type nor a URL names a database, so it would be " + DEFAULT)
                    : byUrl(url);
        }
        String name = type.trim();
        DatabaseEngine engine =
                byName(name, "dovetail.type is '" + name + "', which is not an engine that can be used");
        if (url != null && !engine.accepts(url)) {
            throw new DatabaseStartException(
                    "dovetail.type is " + engine.name() + ", but the URL of the data source begins with '" + scheme(url)
                            + "' and so names another kind of database",
                    "Remove dovetail.type, or give a URL of " + engine.name()
                            + " (spring.datasource.url, or what provides the connection details).",
                    null);
        }
        return engine;
    }

    private DatabaseEngine byUrl(String url) {
        for (DatabaseEngine engine : engines) {
            if (engine.accepts(url)) {
                return engine;
            }
        }
        throw unknown(
                "No engine accepts the URL of the data source, which begins with '" + scheme(url) + "'", scheme(url));
    }

    private DatabaseEngine byName(String name, String problem) {
        for (DatabaseEngine engine : engines) {
            if (engine.name().equalsIgnoreCase(name)) {
                return engine;
            }
        }
        throw unknown(problem, name);
    }

    private DatabaseStartException unknown(String problem, String wanted) {
        String driver = driverFor(wanted);
        if (driver != null) {
            return new DatabaseStartException(
                    problem + ": its driver is not on the class path", "Add " + driver + " to the application.", null);
        }
        String legal = engines.stream().map(DatabaseEngine::name).collect(Collectors.joining(", "));
        return new DatabaseStartException(
                problem,
                "Use one of: " + legal + ". Another database can be added as a bean of type "
                        + DatabaseEngine.class.getName() + ".",
                null);
    }

    private static @Nullable String driverFor(String wanted) {
        String engine = wanted.startsWith("postgres") ? "postgresql" : wanted.replaceAll("^jdbc:|:$", "");
        return DRIVERS.get(engine.toLowerCase(Locale.ROOT));
    }

    // The rest of a URL may hold a password.
    static String scheme(String url) {
        int end = url.startsWith("jdbc:") ? url.indexOf(':', "jdbc:".length()) : url.indexOf(':');
        return end < 0 ? "" : url.substring(0, end + 1);
    }
}

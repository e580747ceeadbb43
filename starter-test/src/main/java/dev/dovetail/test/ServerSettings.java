package dev.dovetail.test;

import java.util.Map;
import java.util.TreeMap;

/** How the servers we start ourselves are set up. */
final class ServerSettings {

    /**
     * Safe against a killed process (commits are written before they return), not against a power cut: nothing waits
     * for the disk. The time zone is half an hour off every full hour and on the other side of the world from the zone
     * of this project's test JVMs, so that a test which mixes up the server's zone and the JVM's fails.
     */
    static final Map<String, String> SHARED = Map.of(
            "fsync", "off",
            "full_page_writes", "off",
            "synchronous_commit", "on",
            // Each application opens ten sessions, and each proves its password: as in production, but sooner.
            "scram_iterations", "1",
            // Of hundreds of databases, which are gone in a moment, none needs to be looked after.
            "autovacuum_naptime", "10min",
            "max_connections", "300",
            "timezone", "America/St_Johns");

    private ServerSettings() {}

    /**
     * The shared settings, with these put in their place.
     *
     * @throws IllegalArgumentException if a value holds white space or quotes, which a command line would break
     */
    static Map<String, String> with(Map<String, String> others) {
        others.forEach((name, value) -> {
            if (!(name + value).matches("[^\\s'\"\\\\$`;&|<>]+")) {
                throw new IllegalArgumentException("Not a setting for a command line: " + name + "=" + value);
            }
        });
        Map<String, String> settings = new TreeMap<>(SHARED);
        settings.putAll(others);
        return settings;
    }
}

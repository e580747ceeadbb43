package dev.dovetail.engine;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a database or in a copy of it, by which the two are compared.
 *
 * @param version of the engine that wrote it
 * @param schemaVersion what the application calls the version of its schema, where the database itself keeps it; 0 otherwise
 * @param rows of each table
 * @param foreignKeyViolations rows that refer to others that are not there; 0 where it was not looked for
 */
public record BackupContents(
        String version, long schemaVersion, SortedMap<String, Long> rows, long foreignKeyViolations) {

    public BackupContents {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /** In what the other differs from this, in words; empty if in nothing. */
    public String differenceTo(BackupContents other) {
        if (schemaVersion != other.schemaVersion) {
            return "the schema's version is %d instead of %d".formatted(other.schemaVersion, schemaVersion);
        }
        TreeMap<String, Long> all = new TreeMap<>(other.rows);
        all.putAll(rows);
        return all.keySet().stream()
                .filter(table -> !String.valueOf(rows.get(table)).equals(String.valueOf(other.rows.get(table))))
                .map(table -> "table %s has %s rows instead of %s"
                        .formatted(
                                table,
                                other.rows.getOrDefault(table, 0L),
                                rows.containsKey(table) ? rows.get(table) : "none"))
                .findFirst()
                .orElse("");
    }
}

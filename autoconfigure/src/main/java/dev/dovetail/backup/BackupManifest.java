package dev.dovetail.backup;

import dev.dovetail.engine.BackupContents;
import dev.dovetail.engine.DamagedCopyException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a backup, kept in a file beside it. Its text ends with its own checksum and is written in one way only, so that
 * no character of it can be changed unnoticed.
 *
 * @param name of the backup
 * @param application whose database it is
 * @param engine of the database
 * @param createdAt when the copy was begun
 * @param size in bytes, of the file as it is stored
 * @param sha256 of the file as it is stored
 * @param compressed whether it is compressed by gzip
 * @param key name of the key it is encrypted with; null if it is not
 * @param copySize in bytes, of the copy before it was compressed and encrypted
 * @param copySha256 of the same
 * @param contents what is in it
 * @param verified whether the copy was read as a whole, and held what was in the database
 * @param migratedFrom how many entries the history of migrations had, if it was made before further ones; null if not
 */
record BackupManifest(
        String name,
        String application,
        String engine,
        Instant createdAt,
        long size,
        String sha256,
        boolean compressed,
        @Nullable String key,
        long copySize,
        String copySha256,
        BackupContents contents,
        boolean verified,
        @Nullable Long migratedFrom) {

    private static final String CHECKSUM = "manifestSha256";
    private static final String MIGRATED_FROM = "migratedFrom";

    boolean encrypted() {
        return key != null;
    }

    /** The same, of a file of this size and these checksums. */
    BackupManifest of(long size, String sha256, String copySha256) {
        return new BackupManifest(
                name,
                application,
                engine,
                createdAt,
                size,
                sha256,
                compressed,
                key,
                copySize,
                copySha256,
                contents,
                verified,
                migratedFrom);
    }

    String text() {
        Map<String, @Nullable Object> all = fields();
        all.put(CHECKSUM, Digests.sha256(Json.write(all).getBytes(StandardCharsets.UTF_8)));
        return Json.write(all);
    }

    private Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("application", application);
        fields.put("engine", engine);
        fields.put("engineVersion", contents.version());
        fields.put("schemaVersion", contents.schemaVersion());
        fields.put("createdAt", createdAt.toString());
        fields.put("size", size);
        fields.put("sha256", sha256);
        fields.put("compressed", compressed);
        fields.put("encrypted", encrypted());
        fields.put("key", key);
        fields.put("copySize", copySize);
        fields.put("copySha256", copySha256);
        fields.put("rows", contents.rows());
        fields.put("foreignKeyViolations", contents.foreignKeyViolations());
        fields.put("verified", verified);
        // Manifests of earlier versions do not have it, and must come out as they were.
        if (migratedFrom != null) {
            fields.put(MIGRATED_FROM, migratedFrom);
        }
        return fields;
    }

    /** @throws DamagedCopyException if it is not what was written */
    static BackupManifest read(String text) throws DamagedCopyException {
        try {
            BackupManifest manifest = of(Json.read(text));
            if (manifest.text().equals(text)) {
                return manifest;
            }
        } catch (IllegalArgumentException | ClassCastException | DateTimeException e) {
            throw new DamagedCopyException("Its manifest cannot be read", e);
        }
        throw new DamagedCopyException("Its manifest was changed", null);
    }

    private static BackupManifest of(Map<String, @Nullable Object> fields) {
        return new BackupManifest(
                text(fields, "name"),
                text(fields, "application"),
                text(fields, "engine"),
                Instant.parse(text(fields, "createdAt")),
                number(fields, "size"),
                text(fields, "sha256"),
                truth(fields, "compressed"),
                (String) fields.get("key"),
                number(fields, "copySize"),
                text(fields, "copySha256"),
                new BackupContents(
                        text(fields, "engineVersion"),
                        number(fields, "schemaVersion"),
                        rows(fields),
                        number(fields, "foreignKeyViolations")),
                truth(fields, "verified"),
                (Long) fields.get(MIGRATED_FROM));
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        return (String) present(fields, name);
    }

    private static long number(Map<String, @Nullable Object> fields, String name) {
        return (Long) present(fields, name);
    }

    private static boolean truth(Map<String, @Nullable Object> fields, String name) {
        return (Boolean) present(fields, name);
    }

    private static SortedMap<String, Long> rows(Map<String, @Nullable Object> fields) {
        SortedMap<String, Long> rows = new TreeMap<>();
        ((Map<?, ?>) present(fields, "rows")).forEach((table, count) -> rows.put((String) table, (Long) count));
        return rows;
    }

    private static Object present(Map<String, @Nullable Object> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no " + name);
        }
        return value;
    }
}

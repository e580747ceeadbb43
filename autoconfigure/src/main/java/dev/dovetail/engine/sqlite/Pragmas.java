package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.AppliedSetting.Importance;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseStartException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pragmas of a connection, in the order in which SQLite needs them: {@code auto_vacuum} is ignored once the file is
 * in WAL mode, and everything else comes after.
 */
final class Pragmas {

    private static final Logger log = LoggerFactory.getLogger(Pragmas.class);

    // As Rails: a write-ahead log that grew under a long reader is cut back when it next restarts.
    private static final String JOURNAL_SIZE_LIMIT = "67108864";

    private static final String WAL_AUTOCHECKPOINT = "wal_autocheckpoint";

    // The commit that fills the log copies it into the file. At four times SQLite's own 1,000 pages, what changes often
    // is
    // copied a quarter as often, and one hash table still finds every page (4,062 frames, sqlite.org/walformat.html).
    private static final String WAL_AUTOCHECKPOINT_PAGES = "4000";

    private final SqliteSettings settings;

    Pragmas(SqliteSettings settings) {
        this.settings = settings;
    }

    /** Sets every pragma of this kind of connection, in order, and reads each back. */
    void apply(Connection connection, ConnectionRole role) throws SQLException {
        for (Pragma pragma : forRole(role)) {
            // Setting one of the file's takes a lock, also to what it is already, and another process may hold it.
            if (pragma.ofConnection() || !pragma.readBack(connection).asExpected()) {
                pragma.apply(connection);
            }
            check(pragma.readBack(connection));
        }
    }

    List<AppliedSetting> readBack(Connection connection) throws SQLException {
        List<AppliedSetting> applied = new ArrayList<>();
        for (Pragma pragma : forRole(connection.isReadOnly() ? ConnectionRole.READER : ConnectionRole.WRITER)) {
            applied.add(pragma.readBack(connection));
        }
        return applied;
    }

    private List<Pragma> forRole(ConnectionRole role) {
        return role == ConnectionRole.READER ? ofReader() : ofWriter();
    }

    private List<Pragma> ofWriter() {
        List<Pragma> pragmas = new ArrayList<>();
        pragmas.add(busyTimeout());
        pragmas.add(Pragma.numbered("auto_vacuum", settings.autoVacuum(), Importance.OPTIONAL));
        pragmas.add(
                Pragma.of("journal_mode", settings.journalMode().name().toLowerCase(Locale.ROOT), Importance.CRITICAL));
        pragmas.add(Pragma.numbered("synchronous", settings.synchronous(), Importance.CRITICAL));
        pragmas.add(cacheSize(settings.cacheSize()));
        pragmas.add(Pragma.of("journal_size_limit", JOURNAL_SIZE_LIMIT, Importance.OPTIONAL));
        if (!settings.pragmas().containsKey(WAL_AUTOCHECKPOINT)) {
            pragmas.add(Pragma.of(WAL_AUTOCHECKPOINT, WAL_AUTOCHECKPOINT_PAGES, Importance.OPTIONAL));
        }
        pragmas.addAll(ofEvery());
        return pragmas;
    }

    private List<Pragma> ofReader() {
        List<Pragma> pragmas = new ArrayList<>();
        pragmas.add(busyTimeout());
        pragmas.add(cacheSize(settings.readerCacheSize()));
        // Beside the read-only open mode: it also refuses what does not touch the file, such as temporary tables.
        pragmas.add(Pragma.flag("query_only", true, Importance.CRITICAL));
        ofEvery().stream().filter(Pragma::ofConnection).forEach(pragmas::add);
        return pragmas;
    }

    private List<Pragma> ofEvery() {
        List<Pragma> pragmas = new ArrayList<>();
        pragmas.add(Pragma.flag("foreign_keys", settings.foreignKeys(), Importance.CRITICAL));
        pragmas.add(Pragma.numbered("temp_store", settings.tempStore(), Importance.OPTIONAL));
        // Both as sqlite.org/security.html advises for files that others may have written.
        pragmas.add(Pragma.flag("trusted_schema", false, Importance.OPTIONAL));
        pragmas.add(Pragma.flag("cell_size_check", true, Importance.OPTIONAL));
        if (!settings.pragmas().containsKey(Pragma.CASE_SENSITIVE_LIKE)) {
            pragmas.add(Pragma.flag(Pragma.CASE_SENSITIVE_LIKE, true, Importance.CRITICAL));
        }
        settings.pragmas().forEach((name, value) -> pragmas.add(Pragma.of(name, value, Importance.IMPORTANT)));
        return pragmas;
    }

    private Pragma busyTimeout() {
        return Pragma.of("busy_timeout", String.valueOf(settings.busyTimeout().toMillis()), Importance.CRITICAL);
    }

    // SQLite takes a negative number as thousands of bytes; 64 MB are written -64000, as its users know it.
    private static Pragma cacheSize(long bytes) {
        return Pragma.of("cache_size", String.valueOf(-(bytes * 1000 / (1024 * 1024))), Importance.OPTIONAL);
    }

    private void check(AppliedSetting setting) {
        if (setting.asExpected()) {
            return;
        }
        String problem = "SQLite's %s is %s instead of %s on %s"
                .formatted(setting.name(), setting.actual(), setting.expected(), settings.path());
        switch (setting.importance()) {
            case CRITICAL ->
                throw new DatabaseStartException(
                        problem,
                        "Put the database on a local disk that the application may write, or change dovetail.sqlite.*.",
                        null);
            case IMPORTANT -> log.warn("{}; check dovetail.sqlite.pragmas", problem);
            case OPTIONAL -> log.debug("{}", problem);
        }
    }
}

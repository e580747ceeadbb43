package dev.dovetail.backup;

import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.datasource.RestoreListener;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.encryption.StreamEncryption;
import dev.dovetail.engine.DatabaseBackups;
import dev.dovetail.engine.EngineConnections;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups of one database: makes, lists, verifies and restores them. One thing at a time, over all processes that use the same
 * directory; the second is refused. Works without the database being open, too. Safe for use by several threads.
 */
public final class Backups {

    private static final Logger log = LoggerFactory.getLogger(Backups.class);

    private final BackupSettings settings;
    private final Supplier<Workshop> shop;
    private final BackupDirectory directory;
    private final Clock clock;
    private final @Nullable RoutingDataSource dataSource;
    private final Supplier<List<BackupListener>> listeners;
    private final Supplier<List<RestoreListener>> restoreListeners;
    private final BackupList known;
    private volatile @Nullable RunningWork running;
    private volatile @Nullable BackupException failure;
    private volatile @Nullable Instant failedAt;
    private volatile @Nullable RestoreReport lastRestore;

    private Backups(
            BackupSettings settings,
            Supplier<Workshop> shop,
            BackupDirectory directory,
            BackupList known,
            Clock clock,
            @Nullable RoutingDataSource dataSource,
            Supplier<List<BackupListener>> listeners,
            Supplier<List<RestoreListener>> restoreListeners) {
        this.settings = settings;
        this.shop = shop;
        this.directory = directory;
        this.known = known;
        this.clock = clock;
        this.dataSource = dataSource;
        this.listeners = listeners;
        this.restoreListeners = restoreListeners;
    }

    /**
     * Those of a database.
     *
     * @param engine name of its engine
     * @param dataSource through which it is used, and which is drained when one is restored; null if nobody has it open, as where it
     *     cannot be opened: the connections are only asked for one when there is something to copy
     * @param encryption encrypts them; null if there is nothing that could
     * @param listeners told of those that are made
     * @param restoreListeners told when one was restored
     */
    public static Backups of(
            BackupSettings settings,
            String engine,
            EngineConnections connections,
            @Nullable RoutingDataSource dataSource,
            @Nullable StreamEncryption encryption,
            Clock clock,
            Supplier<List<BackupListener>> listeners,
            Supplier<List<RestoreListener>> restoreListeners) {
        BackupDirectory directory = new BackupDirectory(settings.directory());
        Supplier<Workshop> shop = () -> {
            DatabaseBackups database = connections.backups(settings.tool());
            if (database == null) {
                throw new BackupException(
                        Reason.NOT_POSSIBLE,
                        "Databases of engine '" + engine + "' cannot be backed up by this library");
            }
            return new Workshop(settings, engine, database, directory, new BackupCodec(encryption), clock);
        };
        BackupList known = new BackupList(directory, settings.application(), engine);
        return new Backups(settings, shop, directory, known, clock, dataSource, listeners, restoreListeners);
    }

    /** What they are made with. */
    public BackupSettings settings() {
        return settings;
    }

    /**
     * Looks whether backups of this database can be made here at all; makes none.
     *
     * @throws BackupException for {@link Reason#NOT_POSSIBLE} if not
     */
    public void requirePossible() {
        Workshop workshop = shop.get();
        try {
            workshop.database().requirePossible();
            directory.requireUsable();
        } catch (SQLException | IOException e) {
            throw workshop.explained("The backup of " + settings.application() + " failed", e);
        }
    }

    /** As {@link #backup(Consumer)}, without a listener. */
    public BackupReport backup() {
        return backup(progress -> {});
    }

    /**
     * Makes one, verifies it, and removes those that are not kept any longer.
     *
     * @param progress hears how far it is, on this thread
     * @throws BackupException if there is none now; those that were there before still are
     */
    public BackupReport backup(Consumer<BackupProgress> progress) {
        try {
            BackupReport report = made(null, progress);
            failure = null;
            announce(report);
            return report;
        } catch (BackupException e) {
            failed(e);
            throw e;
        }
    }

    /**
     * As {@link #backup()}, while the application starts: {@link BackupListener}s, which may use the database, hear of it when it is
     * {@linkplain #announce announced}, and of a failure only whoever calls this.
     *
     * @param applied how many entries the history of migrations has; of those with the same number the newest is kept
     */
    public BackupReport backupBeforeMigration(long applied) {
        return made(applied, progress -> {});
    }

    private BackupReport made(@Nullable Long migratedFrom, Consumer<BackupProgress> progress) {
        return exclusively("backup", settings.application(), progress, (workshop, work) -> {
            BackupReport made = new BackupMaker(workshop, migratedFrom).make(work);
            new Rotation(workshop).run(made.name(), clock.instant());
            return made;
        });
    }

    /** Tells {@link BackupListener}s of a backup that was made. */
    public void announce(BackupReport report) {
        tell(listener -> listener.onBackup(report));
    }

    // Whoever came second has not failed at anything.
    private void failed(BackupException e) {
        if (e.reason() != Reason.ALREADY_RUNNING) {
            failure = e;
            failedAt = clock.instant();
            tell(listener -> listener.onFailure(e));
        }
    }

    private void tell(Consumer<BackupListener> call) {
        guarded(() -> listeners.get().forEach(listener -> guarded(() -> call.accept(listener))));
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.warn("A listener of backups failed and was ignored", e);
        }
    }

    /** As {@link #verify(String, Consumer)}, without a listener. */
    public BackupReport verify(String name) {
        return verify(name, progress -> {});
    }

    /**
     * Reads a whole backup: its checksums, and what is in it.
     *
     * @return with the problem, if there is one
     * @throws BackupException if there is no such backup, or it could not be looked at
     */
    public BackupReport verify(String name, Consumer<BackupProgress> progress) {
        directory.resolve(name);
        try {
            BackupReport report = exclusively(
                    "verify", name, progress, (workshop, work) -> new Verifier(workshop).verify(name, work));
            known.sound(name);
            return report;
        } catch (BackupException e) {
            if (e.reason() != Reason.DAMAGED && e.reason() != Reason.KEY) {
                throw e;
            }
            String problem = String.valueOf(e.getMessage());
            known.damaged(name, problem);
            log.error("{}", problem);
            return known.report(directory.resolve(name));
        }
    }

    /** As {@link #restore(String, Consumer)}, without a listener. */
    public RestoreReport restore(String name) {
        return restore(name, progress -> {});
    }

    /**
     * Puts a backup in the place of the database: it is verified, a backup is made of what there is, whoever has a connection may
     * end, those who want one wait, and what is known of the database before is forgotten.
     *
     * @throws BackupException if it is not; the database is then as it was
     */
    public RestoreReport restore(String name, Consumer<BackupProgress> progress) {
        directory.resolve(name);
        RestoreReport report = exclusively(
                "restore",
                name,
                progress,
                (workshop, work) -> new Restorer(workshop, dataSource, restoreListeners.get()).restore(name, work));
        lastRestore = report;
        return report;
    }

    private interface Work<T> {
        T run(Workshop workshop, RunningWork work) throws SQLException, IOException;
    }

    private <T> T exclusively(String what, String name, Consumer<BackupProgress> progress, Work<T> work) {
        Workshop workshop = shop.get();
        try (BackupDirectory.Held held = directory.hold()) {
            RunningWork own = new RunningWork(what, name, clock.instant(), progress);
            running = own;
            try {
                held.tidy(clock.instant());
                return work.run(workshop, own);
            } finally {
                running = null;
            }
        } catch (SQLException | IOException | RuntimeException e) {
            throw workshop.explained("The " + what + " of " + name + " failed", e);
        }
    }

    /** Asks for what is being done to end; it then fails as cancelled. Whether anything is. */
    public boolean cancel() {
        RunningWork current = running;
        if (current != null) {
            current.cancel();
        }
        return current != null;
    }

    /**
     * All there are, newest first, with what is known of them; reads the manifests only.
     *
     * @throws BackupException if the directory cannot be read
     */
    public List<BackupReport> list() {
        return known.all();
    }

    /** Those of them that are of this application and its engine: others may keep theirs in the same directory. */
    public List<BackupReport> own() {
        return known.own();
    }

    /** The newest good one of {@linkplain #own these}, of those in the future only if there is no other; null if there is none. */
    public @Nullable BackupReport newest() {
        return known.newest(clock.instant());
    }

    /** Whether the database is being replaced by a backup at this moment. Looks at no file. */
    public boolean isRestoring() {
        RunningWork current = running;
        return current != null && current.isRestore();
    }

    /** How they stand. */
    public BackupStatus status() {
        RunningWork current = running;
        BackupException failed = failure;
        BackupReport newest = newest();
        return new BackupStatus(
                current != null && current.isRestore(),
                current == null ? null : current.progress(),
                newest == null ? null : newest.createdAt(),
                failed == null ? null : failed.getMessage(),
                failed == null ? null : failedAt,
                lastRestore);
    }
}

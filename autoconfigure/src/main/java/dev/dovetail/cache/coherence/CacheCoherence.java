package dev.dovetail.cache.coherence;

import dev.dovetail.cache.Coherence;
import dev.dovetail.coordination.Rounds;
import dev.dovetail.datasource.ChangedTables;
import dev.dovetail.datasource.OutsideChanges;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.TableVersions;
import dev.dovetail.engine.ChangeSignals;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EngineConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the tables of this process's caches move when others change them, and tells others what this process changes. Does
 * nothing before changes are {@linkplain TableVersions#watch() followed}.
 *
 * <p>Started before and stopped after whatever else has a lifecycle. Safe for use by several threads.
 */
public final class CacheCoherence implements SmartLifecycle {

    /** Whether signals of the database are used where it has them, or only a table. */
    public enum Signals {
        /** Those of the database, and a table where it has none. */
        AUTO,
        /** A table, where the database's own signals do not arrive, as behind PgBouncer. */
        TABLE
    }

    private static final Logger log = LoggerFactory.getLogger(CacheCoherence.class);

    private static final int PHASE = Integer.MIN_VALUE + 1000;
    private static final Duration TOGETHER = Duration.ofMillis(50);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Coherence mode;
    private final TableVersions versions;
    private final List<Rounds> rounds = new ArrayList<>();
    private final Runnable begin;
    private final BooleanSupplier heard;
    private boolean running;

    private CacheCoherence(Coherence mode, TableVersions versions, Runnable begin, BooleanSupplier heard) {
        this.mode = mode;
        this.versions = versions;
        this.begin = begin;
        this.heard = heard;
    }

    /**
     * Nothing is current from now on, until changes by others are seen; unless there is nobody to be heard.
     *
     * @param connections of the data source
     */
    public static CacheCoherence of(
            RoutingDataSource dataSource, EngineConnections connections, Coherence coherence, Signals signals) {
        OutsideChanges outside = dataSource.outsideChanges();
        ChangeSignals own = dataSource.engine().changeSignals();
        if (coherence != Coherence.NONE && outside != null) {
            return looking(coherence, dataSource.versions(), outside);
        }
        if (coherence != Coherence.NONE && own != null) {
            return hearing(dataSource, connections, coherence, own, signals);
        }
        return settling(coherence, dataSource.versions());
    }

    /**
     * Where the data source is wrapped by something that hides it: others cannot be heard, so nothing is ever current.
     */
    public static CacheCoherence deaf(Coherence mode, TableVersions versions) {
        versions.suspend();
        return new CacheCoherence(
                mode,
                versions,
                () -> log.warn("Nothing is served from caches: the data source is wrapped by something"
                        + " that does not say what it wraps (java.sql.Wrapper), so changes by others cannot be heard"),
                () -> false);
    }

    private static CacheCoherence settling(Coherence mode, TableVersions versions) {
        CacheCoherence coherence = new CacheCoherence(mode, versions, () -> {}, () -> true);
        coherence.rounds.add(new Rounds("dovetail-cache-settling", SETTLING, goesOn -> versions.settle()));
        return coherence;
    }

    private static CacheCoherence looking(Coherence mode, TableVersions versions, OutsideChanges outside) {
        CacheCoherence coherence = new CacheCoherence(mode, versions, () -> beginLooking(outside), outside::isSeen);
        coherence.rounds.add(new Rounds("dovetail-cache-looking", BETWEEN_LOOKS, goesOn -> {
            outside.poll();
            versions.settle();
        }));
        return coherence;
    }

    private static void beginLooking(OutsideChanges outside) {
        outside.watch();
        outside.poll();
    }

    private static CacheCoherence hearing(
            RoutingDataSource dataSource,
            EngineConnections connections,
            Coherence mode,
            ChangeSignals own,
            Signals signals) {
        DatabaseEngine engine = dataSource.engine();
        TableVersions versions = dataSource.versions();
        String instance = UUID.randomUUID().toString();
        Wires wires = new Wires(
                own,
                new SignalWire(own, instance),
                new TableWire(engine.sql().currentMillis(), instance),
                signals == Signals.TABLE);
        Connecting connecting = () -> connections.open(ConnectionRole.MAINTENANCE);
        InstanceAnnouncer announcer = new InstanceAnnouncer(mode == Coherence.TRANSACTIONAL, wires, connecting);
        versions.announceTo(announcer);
        Hearing hearing = new Hearing(versions, wires, connecting);
        CacheCoherence coherence =
                new CacheCoherence(mode, versions, () -> beginHearing(announcer, hearing), hearing::isHeard);
        coherence.rounds.add(new Rounds("dovetail-cache-hearing", SETTLING, hearing));
        coherence.rounds.add(new Rounds("dovetail-cache-telling", TOGETHER, announcer));
        return coherence;
    }

    // What this process has changed before, for example by migrations, nobody was told.
    private static void beginHearing(InstanceAnnouncer announcer, Hearing hearing) {
        announcer.committed(ChangedTables.EVERYTHING);
        hearing.awaitFirst(PATIENCE);
    }

    /** How others are to hear of changes. */
    public Coherence mode() {
        return mode;
    }

    /** Whether anybody follows changes. */
    public boolean isNeeded() {
        return versions.isWatched();
    }

    /** Whether changes by others are seen at the moment. Where nobody has to be heard, they always are. */
    public boolean isHeard() {
        return heard.getAsBoolean();
    }

    @Override
    public synchronized void start() {
        if (!running) {
            running = true;
            versions.whenWatched(this::begin);
        }
    }

    // Waits a little, so that whoever is served first can already be served from a cache the second time.
    private synchronized void begin() {
        if (running) {
            rounds.forEach(Rounds::start);
            begin.run();
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        rounds.forEach(each -> each.stop(PATIENCE));
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

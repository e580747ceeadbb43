package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.subject.Agreement;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A peer on a fresh copy of the table, which has shown that it does its work. */
@State(Scope.Benchmark)
public abstract class SubjectState {

    @Param({"sqlite", "postgresql"})
    public String engine = "";

    @Param({"jdbc", "dovetail", "jdbc-client", "spring-data-jdbc", "jpa", "jooq"})
    public String peer = "";

    private final SplittableRandom random = new SplittableRandom(42);
    private @Nullable DatabaseUnderTest database;
    private @Nullable Subject subject;

    abstract int rows();

    /** Opens the peer and lets it do each piece of work once. */
    @Setup(Level.Trial)
    public void open() {
        Peer chosen = Peer.of(peer);
        DatabaseUnderTest copy = Databases.copy(Engine.of(engine), rows());
        Subject opened = chosen.open(copy);
        if (chosen.isComplete()) {
            Agreement.check(opened, copy, rows());
        }
        database = copy;
        subject = opened;
    }

    /** Takes back what the iteration before has inserted. */
    @Setup(Level.Iteration)
    public void reset() {
        if (database != null) {
            Agreement.reset(database, rows());
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        subject().close();
        if (database != null) {
            database.close();
        }
    }

    final Subject subject() {
        if (subject == null) {
            throw new IllegalStateException("Not open");
        }
        return subject;
    }

    /** An id that is in the table. */
    final long anyId() {
        return random.nextInt(rows()) + 1L;
    }

    /** A number from 0 until the bound. */
    final int any(int bound) {
        return random.nextInt(bound);
    }
}

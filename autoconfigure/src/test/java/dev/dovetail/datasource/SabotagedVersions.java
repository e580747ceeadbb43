package dev.dovetail.datasource;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The protocol with one step left out, and with time around every step so that what follows from it really happens. All of them,
 * and the whole protocol too, take the same time.
 */
// What is overridden locks for itself.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
public final class SabotagedVersions extends TableVersions {

    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(1000);

    /** What is wrong with it. */
    public enum Sabotage {
        /** Nothing. */
        NONE,
        /** What changes is forgotten before COMMIT, and not afterwards: a reader fills the old state in between. */
        EVICTS_BEFORE_COMMIT,
        /** What changes goes on to be found until COMMIT has returned, when others have seen the new state already. */
        MARKS_NO_COMMIT,
        /** What was read counts as read when its reading had ended. */
        STAMPS_LATE
    }

    private final Sabotage sabotage;

    public SabotagedVersions(Sabotage sabotage) {
        this.sabotage = sabotage;
    }

    @Override
    void committing(TableChanges changes) {
        if (sabotage == Sabotage.EVICTS_BEFORE_COMMIT) {
            super.committing(changes);
            super.committed(changes);
        } else if (sabotage != Sabotage.MARKS_NO_COMMIT) {
            super.committing(changes);
        }
        waitABit();
    }

    @Override
    void committed(TableChanges changes) {
        waitABit();
        if (sabotage == Sabotage.MARKS_NO_COMMIT) {
            super.committing(changes);
        }
        if (sabotage != Sabotage.EVICTS_BEFORE_COMMIT) {
            super.committed(changes);
        }
    }

    @Override
    TableStamp stamp(Collection<ChangeCounter> dependencies, long asOf, Set<String> names) {
        waitABit();
        return super.stamp(dependencies, sabotage == Sabotage.STAMPS_LATE ? now() : asOf, names);
    }

    private static void waitABit() {
        long until = System.nanoTime() + STEP_NANOS;
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
    }
}

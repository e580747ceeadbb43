package dev.dovetail.datasource;

/**
 * When something last changed, by the clock of its {@link TableVersions}, under whose lock it is written. Reading it is one
 * volatile read, by any thread.
 */
final class ChangeCounter {

    private static final long CHANGING = Long.MAX_VALUE;

    private volatile long changed;
    private long last;
    private int committing;

    /** False also while it is just being changed, when nobody knows yet whether the change is to be seen. */
    boolean isUnchangedSince(long stamp) {
        return changed <= stamp;
    }

    void enterCommit(long tick) {
        last = tick;
        committing++;
        changed = CHANGING;
    }

    void leaveCommit(long tick) {
        last = tick;
        committing--;
        changed = committing > 0 ? CHANGING : last;
    }

    void move(long tick) {
        last = tick;
        changed = committing > 0 ? CHANGING : last;
    }
}

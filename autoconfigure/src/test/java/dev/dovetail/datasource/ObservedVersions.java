package dev.dovetail.datasource;

/** The protocol, and something that others do just when a change counts as committed. */
// What is overridden locks for itself.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
public final class ObservedVersions extends TableVersions {

    private volatile Runnable afterwards = () -> {};
    private volatile Runnable before = () -> {};

    /** Is run after each change has counted as committed. */
    public void afterEachCommit(Runnable action) {
        afterwards = action;
    }

    /** Is run before each change counts as being committed. */
    public void beforeEachCommit(Runnable action) {
        before = action;
    }

    @Override
    void committing(TableChanges changes) {
        before.run();
        super.committing(changes);
    }

    @Override
    void committed(TableChanges changes) {
        super.committed(changes);
        afterwards.run();
    }
}

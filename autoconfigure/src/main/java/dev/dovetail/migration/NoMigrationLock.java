package dev.dovetail.migration;

/** Nothing to lock. */
enum NoMigrationLock implements MigrationLock {
    INSTANCE;

    @Override
    public <E extends Exception> void during(Work<E> work) throws E {
        work.run();
    }
}

package dev.dovetail.transaction;

/** What one transaction of a unit of work keeps of entities until they are stored. Not safe for use by several threads. */
interface EntityStore {

    /** To be inserted. */
    void add(Object entity);

    /** To be updated. */
    void change(Object entity);

    /** To be deleted. */
    void remove(Object entity);

    /** Stores what is registered. */
    void flush();

    /** How many writes there were so far, for {@link #undo(int)}. */
    int writes();

    /**
     * The writes after the first so many were rolled back: their entities are as they were before and registered again.
     *
     * @param writes as {@link #writes()} said
     */
    void undo(int writes);

    /** The transaction was rolled back: all entities are as they were before, and forgotten. */
    void rolledBack();

    /** The transaction was committed: nothing is undone any more. */
    void committed();

    /** What became of an entity when it was stored; itself if it was not. */
    Object stored(Object entity);

    /** Where entities are unknown. */
    static EntityStore none() {
        return new EntityStore() {
            @Override
            public void add(Object entity) {
                throw unknown();
            }

            @Override
            public void change(Object entity) {
                throw unknown();
            }

            @Override
            public void remove(Object entity) {
                throw unknown();
            }

            @Override
            public void flush() {}

            @Override
            public int writes() {
                return 0;
            }

            @Override
            public void undo(int writes) {}

            @Override
            public void rolledBack() {}

            @Override
            public void committed() {}

            @Override
            public Object stored(Object entity) {
                return entity;
            }

            private IllegalStateException unknown() {
                return new IllegalStateException(
                        "Entities are stored by Spring Data JDBC, and there is no JdbcAggregateOperations bean. Add Spring"
                                + " Data JDBC, or write to the database yourself inside the unit of work.");
            }
        };
    }
}

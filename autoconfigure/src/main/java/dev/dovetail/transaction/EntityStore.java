package dev.dovetail.transaction;

/** What a unit of work keeps of entities until they are stored. Not safe for use by several threads. */
interface EntityStore {

    /** To be inserted. */
    void add(Object entity);

    /** To be updated. */
    void change(Object entity);

    /** To be deleted. */
    void remove(Object entity);

    /** Stores what is registered. */
    void flush();

    /** Forgets what is registered. */
    void clear();

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
            public void clear() {}

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

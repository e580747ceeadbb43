package dev.dovetail.benchmarks.load;

/** An application under load. Thread-safe. */
interface LoadSubject extends AutoCloseable {

    /** Reads a row by id. */
    Object read(long id);

    /** Reads a row and writes it with the next age, in one transaction. */
    void increment(long id);

    @Override
    void close();
}

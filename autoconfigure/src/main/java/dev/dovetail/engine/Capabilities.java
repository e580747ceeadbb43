package dev.dovetail.engine;

/**
 * What an engine does by itself, and what the data source must do for it.
 *
 * @param singleWriter whether only one transaction can write at a time, so that writers queue for one connection
 * @param autocommitReadsOnReaders whether a read outside a transaction may go to a reader, because readers never lag
 * @param stopsQueriesItself whether the driver's query timeout stops the query; where it does not, the data source
 *     interrupts the connection
 */
public record Capabilities(boolean singleWriter, boolean autocommitReadsOnReaders, boolean stopsQueriesItself) {

    /** An engine that needs no help: many writers, reads where they were sent, timeouts as in the standard. */
    public static final Capabilities STANDARD = new Capabilities(false, false, true);
}

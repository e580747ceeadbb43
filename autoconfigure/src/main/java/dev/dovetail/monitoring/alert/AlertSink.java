package dev.dovetail.monitoring.alert;

/**
 * Where alerts go: a chat, a pager, a ticket. A bean of this type is told of each alert that is raised or resolved, in order,
 * one at a time, on a thread of its own: it may take its time, and holds nobody up. While it is busy a hundred events wait for
 * it; what comes after them is dropped and logged. What it throws is logged; whoever wants to try again does so itself.
 */
@FunctionalInterface
public interface AlertSink {

    /** An alert was raised or resolved. */
    void onAlert(AlertEvent event) throws Exception;
}

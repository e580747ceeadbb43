package dev.dovetail.test;

import org.jspecify.annotations.Nullable;

/** A place a server may come from. */
interface PostgresSource {

    /**
     * Starts or finds a server, or says why there is none here, so that the next source is asked.
     *
     * @throws IllegalStateException if the source was chosen by name and does not work: a substitute would hide that
     */
    Attempt attempt();

    /** What became of asking a source. */
    sealed interface Attempt permits Started, Unavailable {}

    /**
     * @param superuser the login under which databases are made
     * @param what the source in a few words
     * @param end ends the server and all that is in it; null for one that was there before
     */
    record Started(
            ConnectionInfo superuser, String what, @Nullable Runnable end) implements Attempt {}

    /**
     * @param reason why there is no server, in a few words
     * @param cause what went wrong, if something did
     */
    record Unavailable(String reason, @Nullable Throwable cause) implements Attempt {

        Unavailable(String reason) {
            this(reason, null);
        }
    }
}

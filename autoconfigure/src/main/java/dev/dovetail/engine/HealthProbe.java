package dev.dovetail.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question that an engine asks a database in operation, to find out whether it is well. Reads only, and little. It may
 * remember what it saw the last time, so that it belongs to one database and is used by one thread at a time.
 */
public interface HealthProbe {

    /** How its rule is called, for example {@code long-statements}. */
    String id();

    /** From which value on it finds something, unless the application says otherwise; null if it compares nothing. */
    default @Nullable Threshold threshold() {
        return null;
    }

    /**
     * Whom it asks: {@link ConnectionRole#READER} is a replica, or a connection to an embedded file that cannot write. It is not
     * asked where readers have no pool.
     */
    default ConnectionRole role() {
        return ConnectionRole.WRITER;
    }

    /**
     * Asks.
     *
     * @param connection a physical one in autocommit mode, which others use after this
     * @param threshold the one in force, in the unit of {@link #threshold()}; 0 if it compares nothing
     * @return what was found, the worst first, a few at most; empty if all is well
     * @throws SQLException if it could not be asked; if the user lacks a right for it, or this server does not know what is
     *     asked for, it is not asked again
     */
    List<ProbeFinding> run(Connection connection, double threshold) throws SQLException;
}

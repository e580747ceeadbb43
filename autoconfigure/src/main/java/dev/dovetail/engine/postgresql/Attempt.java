package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that may fail without failing the transaction it is in. */
final class Attempt {

    private static final Logger log = LoggerFactory.getLogger(Attempt.class);

    private Attempt() {}

    /** Returns whether it succeeded; if not, nothing of it remains. */
    static boolean of(Connection connection, Work work) throws SQLException {
        TableUpkeep.execute(connection, "SAVEPOINT attempt");
        try {
            work.run();
            TableUpkeep.execute(connection, "RELEASE SAVEPOINT attempt");
            return true;
        } catch (SQLException e) {
            // What the server says of it may quote a value of the table.
            log.debug("A part of a trial failed with SQLState {}, and is left out", e.getSQLState());
            TableUpkeep.execute(connection, "ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt");
            return false;
        }
    }

    /** What is attempted. */
    interface Work {
        void run() throws SQLException;
    }
}

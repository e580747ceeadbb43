package dev.dovetail.engine;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A prepared statement that can serve one use after another, so that its text is compiled once. Used by one thread at a
 * time, as all statements are.
 */
public interface ReusableStatement extends PreparedStatement {

    /**
     * Makes it as it was when it was prepared: its result closed, nothing read, bound, batched or set.
     *
     * @return false if it cannot serve another use and must be closed
     */
    boolean renew() throws SQLException;
}

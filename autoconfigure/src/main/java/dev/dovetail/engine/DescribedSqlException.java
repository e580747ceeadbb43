package dev.dovetail.engine;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An error that the layer itself reports, or that only it could tell the meaning of. */
public class DescribedSqlException extends SQLException {

    private static final long serialVersionUID = 1L;

    private final transient DatabaseError error;

    /**
     * @param message what happened, where, and what to do next
     * @param error the same for programs
     * @param cause what the driver said, if it did
     */
    public DescribedSqlException(String message, DatabaseError error, @Nullable Throwable cause) {
        super(message, error.sqlState(), cause);
        this.error = error;
    }

    /** What the error means. */
    public DatabaseError error() {
        return error;
    }
}

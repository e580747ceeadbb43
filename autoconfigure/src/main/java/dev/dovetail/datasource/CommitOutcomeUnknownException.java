package dev.dovetail.datasource;

import java.io.Serial;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The connection was lost after a COMMIT, or a change that commits by itself, had been sent and before the database answered:
 * the change may be there or not. It is never made again by itself; whoever made it has to look, or to make changes that may
 * be made twice, for example by a key of his own.
 */
public class CommitOutcomeUnknownException extends DataAccessResourceFailureException {

    @Serial
    private static final long serialVersionUID = 1L;

    public CommitOutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}

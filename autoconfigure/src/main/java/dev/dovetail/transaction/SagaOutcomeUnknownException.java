package dev.dovetail.transaction;

import java.io.Serial;
import org.springframework.core.NestedRuntimeException;

/**
 * The connection was lost while a step of a saga was committed, and the database did not answer in time whether it was. Nothing was
 * undone by the caller. If it was the last step and it was committed, the saga is completed; otherwise it is undone by whichever
 * instance takes it over after {@code dovetail.saga.ownership}, if it is a bean there. {@link Saga#state} tells which.
 */
public final class SagaOutcomeUnknownException extends NestedRuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String step;

    SagaOutcomeUnknownException(String saga, String id, String step, Throwable cause) {
        super(
                "Nobody knows whether step '%s' of saga '%s' (%s) was committed. Its state tells later whether it was completed or"
                                .formatted(step, saga, id)
                        + " undone.",
                cause);
        this.id = id;
        this.step = step;
    }

    /** The saga's id. */
    public String id() {
        return id;
    }

    /** The step of which nobody knows whether it was committed. */
    public String step() {
        return step;
    }
}

package dev.dovetail.transaction;

import java.io.Serial;
import org.springframework.core.NestedRuntimeException;

/** A step of a saga failed. What had been done was undone, or is going to be. */
public final class SagaFailedException extends NestedRuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String step;
    private final boolean compensated;

    SagaFailedException(String saga, String id, String step, boolean compensated, Throwable cause) {
        super(
                "Step '%s' of saga '%s' (%s) failed; %s"
                        .formatted(
                                step,
                                saga,
                                id,
                                compensated
                                        ? "all steps before it were undone"
                                        : "undoing the steps before it failed too, and is tried again by an instance that"
                                                + " has this saga as a bean"),
                cause);
        this.id = id;
        this.step = step;
        this.compensated = compensated;
    }

    /** The saga's id. */
    public String id() {
        return id;
    }

    /** The step that failed. */
    public String step() {
        return step;
    }

    /** Whether everything is undone by now. */
    public boolean isCompensated() {
        return compensated;
    }
}

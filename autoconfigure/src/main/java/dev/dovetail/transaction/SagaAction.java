package dev.dovetail.transaction;

/**
 * What a step does, or what undoes it. Runs in a transaction of its own, and again if that fails by no fault of its own; what it
 * writes and that it is done are committed together.
 *
 * @param <P> the payload of the saga
 */
@FunctionalInterface
public interface SagaAction<P> {

    void run(SagaContext<P> saga) throws Exception;
}

package dev.dovetail.transaction;

import org.jspecify.annotations.Nullable;

/**
 * One step of a saga.
 *
 * @param compensation null if there is nothing to undo
 * @param external whether it does something outside of the database, which no rollback takes back
 * @param <P> the payload
 */
record SagaStep<P>(
        String name, SagaAction<P> action, @Nullable SagaAction<P> compensation, boolean external) {}

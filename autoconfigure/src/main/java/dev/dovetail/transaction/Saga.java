package dev.dovetail.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Work of several transactions that is done as a whole or undone as a whole: steps one after the other, each in a transaction of
 * its own, and, if one fails, what undoes those before it, in reverse order. How far it has come is stored with what each step
 * writes, so that a process that ends in between leaves nothing half done: a saga that is a bean of the application is taken
 * over by whichever instance runs next, and undone. Immutable.
 *
 * <p>What a step does outside of the database no rollback takes back. Such a step is an {@linkplain #externalStep external} one, and
 * gives the other system the saga's id and its own name as the key by which a repetition is known.
 *
 * @param <P> what it is started with
 */
public final class Saga<P> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final SagaRunner runner;
    private final String name;
    private final Class<P> payload;
    private final List<SagaStep<P>> steps;

    Saga(SagaRunner runner, String name, Class<P> payload, List<SagaStep<P>> steps) {
        this.runner = runner;
        this.name = checked(name);
        this.payload = payload;
        this.steps = List.copyOf(steps);
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' cannot be the name of a saga or a step: use letters, digits, points, hyphens and underscores"
                            .formatted(name));
        }
        return name;
    }

    /** The same saga, started with objects of this class instead of texts, which are stored as JSON. */
    public <Q> Saga<Q> withPayload(Class<Q> type) {
        if (!steps.isEmpty()) {
            throw new IllegalStateException("The payload of saga '" + name + "' has to be known before its first step");
        }
        return new Saga<>(runner, name, type, List.of());
    }

    /**
     * The saga with a further step that writes to this database only, and what undoes it: done once for each time that the step was
     * committed.
     */
    public Saga<P> step(String step, SagaAction<P> action, SagaAction<P> compensation) {
        return with(new SagaStep<>(checked(step), action, compensation, false));
    }

    /** The saga with a further step of which nothing has to be undone. */
    public Saga<P> step(String step, SagaAction<P> action) {
        return with(new SagaStep<>(checked(step), action, null, false));
    }

    /**
     * The saga with a further step that does something outside of this database, for example asks another service, and what undoes
     * it. That it is begun is committed before it is done, so that it is undone also if it failed, or if the process ended, before
     * anybody knew how far it came.
     *
     * @param action may be done several times, and should be known as the same by the saga's id and the name of the step
     * @param compensation may be done several times, and where nothing was done: {@link SagaContext#stepCompleted}
     */
    public Saga<P> externalStep(String step, SagaAction<P> action, SagaAction<P> compensation) {
        return with(new SagaStep<>(checked(step), action, compensation, true));
    }

    private Saga<P> with(SagaStep<P> step) {
        if (step(step.name()) != null) {
            throw new IllegalArgumentException("Saga '%s' has two steps '%s'".formatted(name, step.name()));
        }
        List<SagaStep<P>> more = new ArrayList<>(steps);
        more.add(step);
        return new Saga<>(runner, name, payload, more);
    }

    /**
     * Does all steps.
     *
     * @return its id
     * @throws SagaFailedException if a step failed; those before it were undone, or are going to be
     * @throws SagaOutcomeUnknownException if nobody knows whether a step was committed
     * @throws IllegalStateException inside a transaction, which would take the steps back with it
     */
    public String run(P with) {
        return runner.run(this, with);
    }

    /** How far the saga of this id has come; empty if there is none. */
    public Optional<SagaState> state(String id) {
        return runner.state(id);
    }

    String name() {
        return name;
    }

    Class<P> payload() {
        return payload;
    }

    List<SagaStep<P>> steps() {
        return steps;
    }

    @Nullable
    SagaStep<P> step(String step) {
        return steps.stream()
                .filter(each -> each.name().equals(step))
                .findFirst()
                .orElse(null);
    }
}

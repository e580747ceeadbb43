package dev.dovetail.repository;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.data.relational.core.conversion.MutableAggregateChange;
import org.springframework.data.relational.core.mapping.event.BeforeSaveCallback;

/**
 * Checks the Jakarta Validation constraints of what is about to be inserted or updated, and refuses it with a
 * {@link ConstraintViolationException} before any statement is run. Parts of an aggregate are checked where they are marked
 * with {@code @Valid}. Safe for use by several threads.
 */
public final class EntityValidation implements BeforeSaveCallback<Object>, Ordered {

    private final Validator validator;

    public EntityValidation(Validator validator) {
        this.validator = validator;
    }

    /** After every other callback, so that what is checked is what is saved. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public Object onBeforeSave(Object aggregate, MutableAggregateChange<Object> change) {
        Set<ConstraintViolation<Object>> violations = validator.validate(aggregate);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(describe(aggregate, violations), violations);
        }
        return aggregate;
    }

    // Without the values, which may be secret.
    private static String describe(Object aggregate, Set<ConstraintViolation<Object>> violations) {
        return violations.stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining(
                        ", ", aggregate.getClass().getSimpleName() + " was not saved, because it is not valid: ", ""));
    }
}

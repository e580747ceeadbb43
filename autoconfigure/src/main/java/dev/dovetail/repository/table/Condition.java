package dev.dovetail.repository.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * A condition on rows, to be combined with others. Immutable.
 *
 * <pre>{@code
 * users.where(Condition.column("email").is(email).or(Condition.column("admin").is(true)))
 * }</pre>
 */
public final class Condition {

    private final Criterion criterion;

    Condition(Criterion criterion) {
        this.criterion = criterion;
    }

    Criterion criterion() {
        return criterion;
    }

    /** Begins a condition on a column. */
    public static Comparison<Condition> column(String name) {
        return new Comparison<>(Operand.column(name), condition -> condition);
    }

    /** All of these hold. */
    public static Condition allOf(Condition... conditions) {
        return group(true, Arrays.asList(conditions));
    }

    /** At least one of these holds. */
    public static Condition anyOf(Condition... conditions) {
        return group(false, Arrays.asList(conditions));
    }

    /** The condition is known not to hold: not where it compares with a value that is missing. */
    public static Condition not(Condition condition) {
        return new Condition(new Criterion.Not(condition.criterion));
    }

    /** Both hold. */
    public Condition and(Condition other) {
        return group(true, List.of(this, other));
    }

    /** At least one of the two holds. */
    public Condition or(Condition other) {
        return group(false, List.of(this, other));
    }

    /** The other, and this before it if there is one. */
    static Condition both(@Nullable Condition one, Condition other) {
        return one == null ? other : one.and(other);
    }

    // Members of the same kind are taken in, so that a chain of a thousand is not a thousand deep.
    private static Condition group(boolean all, List<Condition> conditions) {
        if (conditions.isEmpty()) {
            throw new InvalidDataAccessApiUsageException(
                    "A group of conditions needs one at least: none would keep every row, or no row");
        }
        List<Criterion> members = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition.criterion instanceof Criterion.Group group && group.all() == all) {
                members.addAll(group.members());
            } else {
                members.add(condition.criterion);
            }
        }
        return members.size() == 1 ? new Condition(members.get(0)) : new Condition(new Criterion.Group(all, members));
    }
}

package dev.dovetail.repository.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inside of a {@link Condition}. */
sealed interface Criterion {

    /** What it comes to whatever the rows are; null if that depends on them. */
    @Nullable
    Boolean constant();

    /** One comparison. */
    record Test(Operand operand, Operator operator, List<Object> values) implements Criterion {

        public Test {
            values = List.copyOf(values);
        }

        @Override
        public @Nullable Boolean constant() {
            if (!values.isEmpty()) {
                return null;
            }
            return switch (operator) {
                case IN -> Boolean.FALSE;
                case NOT_IN -> Boolean.TRUE;
                default -> null;
            };
        }
    }

    /** Several, of which all must hold, or any. */
    record Group(boolean all, List<Criterion> members) implements Criterion {

        public Group {
            members = List.copyOf(members);
        }

        @Override
        public @Nullable Boolean constant() {
            boolean open = false;
            for (Criterion member : members) {
                Boolean constant = member.constant();
                if (constant == null) {
                    open = true;
                } else if (constant != all) {
                    return constant;
                }
            }
            return open ? null : Boolean.valueOf(all);
        }
    }

    /** The opposite. */
    record Not(Criterion negated) implements Criterion {

        @Override
        public @Nullable Boolean constant() {
            Boolean constant = negated.constant();
            return constant == null ? null : Boolean.valueOf(!constant);
        }
    }
}

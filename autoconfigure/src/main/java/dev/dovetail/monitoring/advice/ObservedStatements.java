package dev.dovetail.monitoring.advice;

import java.util.List;
import java.util.function.Supplier;

/** Says which statements were run so far. Asked from a thread of the advisor's. */
@FunctionalInterface
public interface ObservedStatements extends Supplier<List<ObservedStatement>> {

    /** Where nobody has watched. */
    ObservedStatements NONE = List::of;
}

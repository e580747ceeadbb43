package dev.dovetail.repository.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;

/**
 * The rows of a table in groups: a row per group, of the columns grouped by and of aggregates. Immutable; every step returns
 * a new one.
 */
public interface TableGroups extends Results<Map<String, @Nullable Object>> {

    /** Adds these to what is read of each group, under their {@linkplain Aggregate#label() labels}. */
    TableGroups aggregate(Aggregate... aggregates);

    /** Keeps the groups for which the aggregate compares as said next; several such conditions must all hold. */
    Comparison<TableGroups> having(Aggregate aggregate);

    /** Orders the groups, after what was ordered by before. */
    TableGroups orderBy(Aggregate aggregate, Sort.Direction direction);

    /** Orders the groups by a column that they are grouped by, after what was ordered by before. */
    TableGroups orderBy(String column, Sort.Direction direction);

    /** Reads at most so many groups. */
    TableGroups limit(int limit);

    /** Passes over so many groups. */
    TableGroups offset(long offset);

    /** Reads each group as a record, as {@link TableOperations#as}. */
    <T> Results<T> as(Class<T> type);
}

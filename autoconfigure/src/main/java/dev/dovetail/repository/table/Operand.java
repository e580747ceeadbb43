package dev.dovetail.repository.table;

import dev.dovetail.engine.JsonPath;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * What is compared: a column or an aggregate, by names that are looked up when the SQL is written.
 *
 * @param column the column's name; null if it is the aggregate
 * @param aggregate the aggregate; null if it is a column
 * @param path to a value in a JSON column; null for the column itself
 * @param ignoreCase whether the case of A to Z does not matter
 */
record Operand(
        @Nullable String column,
        @Nullable Aggregate aggregate,
        @Nullable JsonPath path,
        boolean ignoreCase) {

    static Operand column(String name) {
        return new Operand(name, null, null, false);
    }

    static Operand aggregate(Aggregate aggregate) {
        return new Operand(null, aggregate, null, false);
    }

    Operand at(JsonPath jsonPath) {
        if (column == null || path != null) {
            throw new InvalidDataAccessApiUsageException("A JSON path belongs right behind a column, once");
        }
        return new Operand(column, null, jsonPath, ignoreCase);
    }

    Operand ignoringCase() {
        return new Operand(column, aggregate, path, true);
    }

    String description() {
        return column != null ? "Column \"" + Names.printable(column) + "\"" : String.valueOf(aggregate);
    }
}

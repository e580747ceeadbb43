package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.TableInfo;

/**
 * A column of a query.
 *
 * @param member the position of its table in the query's {@link Source}
 * @param table the table it is of
 * @param column what it is
 * @param label what it is called in rows
 * @param nullable whether it can have no value here: a joined table's may not be there
 */
record ColumnRef(int member, TableInfo table, ColumnInfo column, String label, boolean nullable) {

    ColumnType type() {
        return column.type();
    }

    boolean isText() {
        return type().kind() == ColumnType.Kind.TEXT;
    }

    boolean sameAs(ColumnRef other) {
        return member == other.member && column.name().equals(other.column.name());
    }

    String description() {
        return "Column \"%s\" of table \"%s\"".formatted(column.name(), table.name());
    }
}

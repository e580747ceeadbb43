package dev.dovetail.repository;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType.Kind;
import dev.dovetail.schema.SchemaCatalog;
import java.sql.JDBCType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** The decimal columns that lie as text, because they have more digits than a number of the database: they have no order. */
public final class TextDecimals {

    private static final Pattern ORDERED =
            Pattern.compile("\"([^\"]+)\"\\.\"([^\"]+)\" (?:<=?(?!>)|>=?|(?:NOT )?BETWEEN|ASC|DESC)");

    private final SchemaCatalog catalog;

    public TextDecimals(SchemaCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Lets SQL pass that Spring Data generated, unless it orders by such a column or compares by order.
     *
     * @throws InvalidDataAccessApiUsageException if it does
     */
    public void refuseOrder(String sql) {
        Matcher ordered = ORDERED.matcher(sql);
        while (ordered.find()) {
            String column = ordered.group(2);
            Optional<ColumnInfo> found =
                    catalog.current().find(ordered.group(1)).flatMap(table -> table.column(column));
            if (found.filter(this::liesAsText).isPresent()) {
                throw new InvalidDataAccessApiUsageException(
                        "Column \"%s\" of table \"%s\" is a decimal of more than 18 digits, which this database keeps as text: its rows cannot be compared by size or sorted in SQL. Sort in Java, or declare the column with at most 18 digits."
                                .formatted(column, ordered.group(1)));
            }
        }
    }

    private boolean liesAsText(ColumnInfo column) {
        return column.type().kind() == Kind.DECIMAL
                && catalog.engine().codec(column.type()).jdbcType() == JDBCType.VARCHAR;
    }
}

package dev.dovetail.contract.chinook;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as texts that are equal if the values mean the same, whoever read them. */
final class Values {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Values() {}

    /** The values of maps in their order, or of records in the order of their components. */
    static List<List<String>> rows(Collection<?> rows) {
        return rows.stream().map(Values::row).toList();
    }

    private static List<String> row(Object row) {
        List<String> values = new ArrayList<>();
        if (row instanceof Map<?, ?> map) {
            map.values().forEach(value -> values.add(normalised(value)));
        } else {
            components(row).forEach(value -> values.add(normalised(value)));
        }
        return values;
    }

    private static List<@Nullable Object> components(Object row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            Object value;
            try {
                value = component.getAccessor().invoke(row);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            if (value instanceof Record) {
                values.addAll(components(value));
            } else {
                values.add(value);
            }
        }
        return values;
    }

    /**
     * Money is numeric(10,2) here and REAL there, a timestamp is one here and a text there; and the script's literals
     * {@code N'…'}, being of type character, lose their trailing blanks on PostgreSQL.
     */
    static String normalised(@Nullable Object value) {
        if (value instanceof BigDecimal || value instanceof Double) {
            return new BigDecimal(value.toString())
                    .setScale(2, RoundingMode.UNNECESSARY)
                    .toPlainString();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime().format(TIMESTAMP);
        }
        return value instanceof LocalDateTime moment
                ? moment.format(TIMESTAMP)
                : String.valueOf(value).stripTrailing();
    }
}

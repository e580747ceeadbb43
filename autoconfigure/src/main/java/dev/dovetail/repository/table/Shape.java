package dev.dovetail.repository.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/** What a row is made into. */
@FunctionalInterface
interface Shape<T> {

    /** @param values in the order of the labels the shape was made for */
    T of(List<@Nullable Object> values);

    /** An unmodifiable map in the order of the labels. */
    static Shape<Map<String, @Nullable Object>> map(List<String> labels) {
        return values -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < labels.size(); i++) {
                row.put(labels.get(i), values.get(i));
            }
            return Collections.unmodifiableMap(row);
        };
    }

    /** A record, or the value of the only column. */
    static <T> Shape<T> of(Class<T> type, List<String> labels) {
        if (type.isRecord()) {
            return new RecordShape<>(type, labels);
        }
        boolean value = BeanUtils.isSimpleValueType(type) || type.equals(byte[].class);
        if (!value || labels.size() != 1) {
            throw Misuse.of(
                    "Rows of %s cannot be read as %s, which is no record%s",
                    labels, type.getName(), value ? ", and there are several columns" : "");
        }
        return values -> type.cast(Conversion.required(values.get(0), type, "column \"" + labels.get(0) + "\""));
    }
}

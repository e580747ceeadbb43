package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnInfo;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row that is to be written, with a place for each of the table's columns, in their order. */
final class GivenRow {

    private final BitSet columns;
    private final @Nullable Object[] bound;
    private final @Nullable Object[] given;

    GivenRow(int places) {
        this.columns = new BitSet(places);
        this.bound = new @Nullable Object[places];
        this.given = new @Nullable Object[places];
    }

    /**
     * @param value what the caller gave, null for NULL
     * @param encoded what is bound for it
     */
    void put(int place, @Nullable Object value, @Nullable Object encoded) {
        columns.set(place);
        given[place] = value;
        bound[place] = encoded;
    }

    /** For which columns it has values. */
    BitSet columns() {
        return columns;
    }

    /** What the caller gave for a column. */
    @Nullable
    Object given(int place) {
        return given[place];
    }

    /** The columns at these places. */
    static List<ColumnInfo> columns(List<ColumnInfo> all, BitSet places) {
        return places.stream().mapToObj(all::get).toList();
    }

    /** How large it is, about: the characters of its texts and the bytes of its binary values. */
    long characters() {
        long characters = 0;
        for (Object value : given) {
            if (value instanceof CharSequence text) {
                characters += text.length();
            } else if (value instanceof byte[] bytes) {
                characters += bytes.length;
            }
        }
        return characters;
    }

    /** What is bound for the columns it has values for. */
    @Nullable
    Object[] values() {
        @Nullable Object[] values = new @Nullable Object[columns.cardinality()];
        int next = 0;
        for (int place = columns.nextSetBit(0); place >= 0; place = columns.nextSetBit(place + 1)) {
            values[next++] = bound[place];
        }
        return values;
    }
}

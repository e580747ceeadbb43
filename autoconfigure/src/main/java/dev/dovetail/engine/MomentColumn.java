package dev.dovetail.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column that says when something was, and how the database finds what was before a moment. Never finds a row too early: what
 * a column does not say as exactly as the moment is taken for younger. Dates and times without a zone are those of UTC.
 *
 * @param before the condition that a row was before the moment; false or NULL where the value is no moment
 * @param operands what is bound to the condition for a moment
 * @param reading the moment that a value stands for, as {@code getObject} returned it; throws {@link RuntimeException} for what
 *     is none
 * @param strange the condition that a value is there and is no moment, where a column may hold such; null where it cannot
 */
public record MomentColumn(
        String before,
        Function<Instant, List<Object>> operands,
        Function<Object, Instant> reading,
        @Nullable String strange) {

    /**
     * Of a column that counts.
     *
     * @param column as SQL names it
     */
    public static MomentColumn counted(String column, EpochUnit unit) {
        return new MomentColumn(
                column + " < ?",
                moment -> List.of(unit.count(moment)),
                stored -> unit.moment(ColumnValues.whole(stored)),
                null);
    }

    /**
     * Of a column whose type says what it holds.
     *
     * @param column as SQL names it
     * @param codec how its values lie
     */
    public static MomentColumn typed(String column, ColumnCodec codec) {
        return new MomentColumn(
                column + " < ?",
                moment -> List.of(codec.encode(moment)),
                stored -> ColumnValues.instant(codec.decode(stored)),
                null);
    }

    /** Of a column of dates: a day was before a moment if its end was. */
    public static MomentColumn ofDates(String column, ColumnCodec codec) {
        return new MomentColumn(
                column + " < ?",
                moment -> List.of(codec.encode(LocalDate.ofInstant(moment, ZoneOffset.UTC))),
                stored -> ColumnValues.instant(codec.decode(stored)),
                null);
    }

    /** The same, of those rows for which this condition holds as well; others may hold what is no moment. */
    public MomentColumn where(String condition, @Nullable String strange) {
        return new MomentColumn(condition + " AND " + before, operands, reading, strange);
    }
}

package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnValues;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.engine.MomentColumn;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns that say when something was. A column of dates and times may hold anything here, and every number comes before every
 * text: so a text is only compared with what begins as a date does, and a number only with numbers.
 */
final class SqliteMoments {

    private static final String DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";
    // No zone is further from UTC than a day.
    private static final int DAYS_OF_ZONES = 2;

    private SqliteMoments() {}

    static @Nullable MomentColumn of(String column, ColumnType type, @Nullable EpochUnit unit) {
        boolean ours = SqliteWords.isOurs(type);
        if (unit != null) {
            return counted(column, type, unit, ours);
        }
        ColumnCodec codec = SqliteCodecs.of(type);
        return switch (type.kind()) {
            case TIMESTAMP -> ours ? MomentColumn.typed(column, codec) : texts(column);
            case DATETIME -> ours ? texts(column, MomentColumn.typed(column, codec), DAY + " *") : texts(column);
            case DATE -> texts(column, MomentColumn.ofDates(column, codec), DAY + "*");
            case TEXT -> texts(column);
            default -> null;
        };
    }

    private static @Nullable MomentColumn counted(String column, ColumnType type, EpochUnit unit, boolean ours) {
        MomentColumn numbers = MomentColumn.counted(column, unit);
        return switch (type.kind()) {
            case INTEGER -> numbers;
            case TIMESTAMP, DATETIME, DATE ->
                ours
                        ? null
                        : numbers.where(
                                "typeof(" + column + ") IN ('integer', 'real')",
                                "typeof(" + column + ") NOT IN ('integer', 'real', 'null')");
            default -> null;
        };
    }

    private static MomentColumn texts(String column, MomentColumn compared, String form) {
        String fits = "typeof(%1$s) = 'text' AND %1$s GLOB '%2$s'".formatted(column, form);
        return compared.where(fits, "%1$s IS NOT NULL AND NOT (%2$s)".formatted(column, fits));
    }

    // In any form that SQLite's own functions read, with a zone or without: in whole seconds. The first comparison is
    // there
    // for an index.
    private static MomentColumn texts(String column) {
        MomentColumn seconds = new MomentColumn(
                "%1$s < ? AND unixepoch(%1$s) < ?".formatted(column),
                moment -> List.of(dayAfter(moment), EpochUnit.SECONDS.count(moment)),
                stored -> ColumnValues.instant(SqliteStored.instant(stored)),
                null);
        String fits = "typeof(%1$s) = 'text' AND %1$s GLOB '%2$s*'".formatted(column, DAY);
        return seconds.where(
                fits, "%1$s IS NOT NULL AND NOT (%2$s AND unixepoch(%1$s) IS NOT NULL)".formatted(column, fits));
    }

    private static String dayAfter(Instant moment) {
        return SqliteTimes.text(LocalDate.ofInstant(moment, ZoneOffset.UTC).plusDays(DAYS_OF_ZONES));
    }
}

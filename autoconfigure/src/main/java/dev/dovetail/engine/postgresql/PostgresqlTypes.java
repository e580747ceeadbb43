package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnType.Kind;
import java.util.Map;

/** What columns hold, by the names {@code pg_type} has for their types. What is not here, the driver decides. */
final class PostgresqlTypes {

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("bool", Kind.BOOLEAN),
            Map.entry("int2", Kind.INTEGER),
            Map.entry("int4", Kind.INTEGER),
            Map.entry("int8", Kind.INTEGER),
            Map.entry("oid", Kind.INTEGER),
            Map.entry("numeric", Kind.DECIMAL),
            Map.entry("float4", Kind.DOUBLE),
            Map.entry("float8", Kind.DOUBLE),
            Map.entry("text", Kind.TEXT),
            Map.entry("varchar", Kind.TEXT),
            Map.entry("bpchar", Kind.TEXT),
            Map.entry("char", Kind.TEXT),
            Map.entry("name", Kind.TEXT),
            Map.entry("citext", Kind.TEXT),
            Map.entry("uuid", Kind.UUID),
            Map.entry("timestamptz", Kind.TIMESTAMP),
            Map.entry("timestamp", Kind.DATETIME),
            Map.entry("date", Kind.DATE),
            Map.entry("time", Kind.TIME),
            Map.entry("json", Kind.JSON),
            Map.entry("jsonb", Kind.JSON),
            Map.entry("bytea", Kind.BINARY));

    // A modifier of numeric: its header, then the precision in 16 bits, then the scale in 11 with a sign.
    private static final int MODIFIER_HEADER = 4;
    private static final int SCALE_BITS = 0x7ff;
    private static final int SCALE_SIGN = 0x400;

    private PostgresqlTypes() {}

    /**
     * @param base the name of the type, or of the one that a domain restricts; empty if it is no simple one
     * @param shown the type as SQL writes it
     * @param modifier the digits of a numeric, -1 if not declared
     */
    static ColumnType of(String base, String shown, int modifier) {
        Kind kind = KINDS.getOrDefault(base, Kind.OTHER);
        if (kind != Kind.DECIMAL || modifier < MODIFIER_HEADER) {
            return ColumnType.of(kind, shown);
        }
        int digits = modifier - MODIFIER_HEADER;
        int scale = ((digits & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
        return new ColumnType(kind, shown, digits >> 16 & 0xffff, scale);
    }
}

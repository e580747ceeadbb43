package dev.dovetail.engine;

/**
 * The type of a column: what it holds, and how the database calls that.
 *
 * @param kind what the column holds
 * @param name the database's own name of the type, for example {@code timestamptz} or {@code NUMERIC(10,2)}; what stands in
 *     a comment behind SQLite's type, as portable migrations write it, is part of it
 * @param precision how many digits a {@link Kind#DECIMAL} has at most; 0 where that is not declared
 * @param scale how many of them stand behind the point
 */
public record ColumnType(Kind kind, String name, int precision, int scale) {

    /** What a column holds, and the Java type its values are read as. */
    public enum Kind {
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@link Long}, whatever the column's width. */
        INTEGER,
        /** {@link java.math.BigDecimal} of the declared scale. */
        DECIMAL,
        /** {@link Double}. */
        DOUBLE,
        /** {@link String}. */
        TEXT,
        /** {@link java.util.UUID}. */
        UUID,
        /** A moment, {@link java.time.Instant} in microseconds. */
        TIMESTAMP,
        /** A date and time without a zone, {@link java.time.LocalDateTime} in microseconds. */
        DATETIME,
        /** {@link java.time.LocalDate}. */
        DATE,
        /** {@link java.time.LocalTime} in microseconds. */
        TIME,
        /** The document's text, {@link String}. */
        JSON,
        /** {@code byte[]}. */
        BINARY,
        /** Whatever the driver returns. */
        OTHER
    }

    /** A type without digits to count. */
    public static ColumnType of(Kind kind, String name) {
        return new ColumnType(kind, name, 0, 0);
    }
}

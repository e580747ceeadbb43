package dev.dovetail.engine.postgresql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.TimeZone;
import org.postgresql.jdbc.TimestampUtils;
import org.postgresql.util.PGobject;

/**
 * Rows as COPY reads them: values by tabs, rows by line feeds, {@code \N} for NULL. Not safe for use by several threads.
 *
 * <p>Dates and times are written by the driver's own hand, which knows years before Christ and beyond 9999.
 */
final class CopyText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final TimestampUtils times = new TimestampUtils(false, TimeZone::getDefault);
    private byte[] text = new byte[1 << 16];
    private int length;

    byte[] bytes() {
        return text;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /**
     * Adds a row.
     *
     * @throws CopyValueException if a value cannot be written; nothing of the row counts then
     */
    void add(Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                put('\t');
            }
            try {
                add(row[i]);
            } catch (IllegalArgumentException e) {
                throw new CopyValueException(i, e);
            }
        }
        put('\n');
    }

    private void add(Object value) throws SQLException {
        if (value == null) {
            put('\\');
            put('N');
        } else if (value instanceof String string) {
            escaped(string);
        } else if (value instanceof byte[] bytes) {
            hexadecimal(bytes);
        } else if (value instanceof PGobject object) {
            add(object.getValue());
        } else {
            plain(written(value));
        }
    }

    private String written(Object value) throws SQLException {
        if (value instanceof OffsetDateTime moment) {
            return times.toString(moment);
        }
        if (value instanceof LocalDateTime dateTime) {
            return times.toString(dateTime);
        }
        if (value instanceof LocalDate date) {
            return times.toString(date);
        }
        if (value instanceof LocalTime time) {
            return times.toString(time);
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof java.util.UUID) {
            return value instanceof BigDecimal decimal ? decimal.toString() : value.toString();
        }
        throw new IllegalArgumentException(
                "a value of " + value.getClass().getTypeName() + " has no form of which COPY would know");
    }

    private void plain(String ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            text[length++] = (byte) ascii.charAt(i);
        }
    }

    private void hexadecimal(byte[] bytes) {
        reserve(3 + Math.multiplyExact(2, bytes.length));
        text[length++] = '\\';
        text[length++] = '\\';
        text[length++] = 'x';
        for (byte each : bytes) {
            text[length++] = HEX[(each >> 4) & 0xf];
            text[length++] = HEX[each & 0xf];
        }
    }

    private void escaped(String value) {
        reserve(Math.multiplyExact(3, value.length()));
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (unit >= 0x80) {
                i = unicode(value, i);
            } else {
                switch (unit) {
                    case '\\' -> escape('\\');
                    case '\t' -> escape('t');
                    case '\n' -> escape('n');
                    case '\r' -> escape('r');
                    case 0 -> throw new IllegalArgumentException("a text has the character U+0000 at index " + i);
                    default -> text[length++] = (byte) unit;
                }
            }
        }
    }

    private void escape(char letter) {
        text[length++] = '\\';
        text[length++] = (byte) letter;
    }

    /** Writes the code point at the index as UTF-8; returns the index of its last char. */
    private int unicode(String value, int index) {
        int point = value.codePointAt(index);
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            throw new IllegalArgumentException("a text has half a surrogate pair at index " + index);
        }
        if (point < 0x800) {
            text[length++] = (byte) (0xc0 | (point >> 6));
        } else if (point < 0x10000) {
            text[length++] = (byte) (0xe0 | (point >> 12));
            text[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        } else {
            text[length++] = (byte) (0xf0 | (point >> 18));
            text[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
            text[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        }
        text[length++] = (byte) (0x80 | (point & 0x3f));
        return index + Character.charCount(point) - 1;
    }

    private void put(char ascii) {
        reserve(1);
        text[length++] = (byte) ascii;
    }

    private void reserve(int more) {
        int needed = Math.addExact(length, more);
        if (needed > text.length) {
            text = Arrays.copyOf(text, Math.max(needed, text.length * 2));
        }
    }

    /** That a value of a row cannot be written. */
    static final class CopyValueException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int position;

        CopyValueException(int position, IllegalArgumentException reason) {
            super(reason.getMessage(), reason);
            this.position = position;
        }

        int position() {
            return position;
        }
    }
}

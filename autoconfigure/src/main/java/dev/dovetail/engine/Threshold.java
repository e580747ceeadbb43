package dev.dovetail.engine;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.unit.DataSize;

/**
 * From which value on something is worth saying.
 *
 * @param kind what is measured
 * @param value a share from 0 to 1, seconds, bytes, or how many
 */
public record Threshold(Kind kind, double value) {

    private static final double KILO = 1024;

    /** What is measured. */
    public enum Kind {
        /** A share of something, written {@code 0.8} or {@code 80%}. */
        SHARE,
        /** How long something takes or is ago, written {@code 60s}. */
        DURATION,
        /** How much of memory or disk, written {@code 256MB}. */
        SIZE,
        /** How many, written as a number. */
        COUNT
    }

    /** @param value from 0 to 1 */
    public static Threshold share(double value) {
        return new Threshold(Kind.SHARE, value);
    }

    public static Threshold duration(Duration value) {
        return new Threshold(Kind.DURATION, value.toNanos() / 1e9);
    }

    /** @param bytes how many */
    public static Threshold size(long bytes) {
        return new Threshold(Kind.SIZE, (double) bytes);
    }

    public static Threshold count(double value) {
        return new Threshold(Kind.COUNT, value);
    }

    /**
     * Another one of the same kind.
     *
     * @throws IllegalArgumentException if the text is none; the message says what it has to look like
     */
    public Threshold parse(String text) {
        String trimmed = text.trim();
        try {
            double parsed = switch (kind) {
                case SHARE -> shareOf(trimmed);
                case DURATION -> DurationFormatterUtils.detectAndParse(trimmed).toNanos() / 1e9;
                case SIZE -> (double) DataSize.parse(trimmed).toBytes();
                case COUNT -> Double.parseDouble(trimmed);
            };
            // 80 without a sign of per cent would be found never.
            if (parsed < 0 || Double.isNaN(parsed) || Double.isInfinite(parsed) || (kind == Kind.SHARE && parsed > 1)) {
                throw new IllegalArgumentException("out of range");
            }
            return new Threshold(kind, parsed);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("'%s' is not %s".formatted(text, expected()), e);
        }
    }

    private static double shareOf(String text) {
        return text.endsWith("%")
                ? Double.parseDouble(text.substring(0, text.length() - 1).trim()) / 100
                : Double.parseDouble(text);
    }

    private String expected() {
        return switch (kind) {
            case SHARE -> "a share such as 0.8 or 80%";
            case DURATION -> "a duration such as 60s or 100ms";
            case SIZE -> "a size such as 256MB";
            case COUNT -> "a number that is not negative";
        };
    }

    /** It as people read it, with its unit. */
    public String shown() {
        return shown(value);
    }

    /** A value that was measured, with the unit of this. */
    public String shown(double measured) {
        return switch (kind) {
            case SHARE -> number(measured * 100, "0.#") + " %";
            case DURATION -> duration(measured);
            case SIZE -> size(measured);
            case COUNT -> number(measured, "#,##0.##");
        };
    }

    private static String duration(double seconds) {
        if (seconds < 1) {
            return number(seconds * 1000, "0.#") + " ms";
        }
        if (seconds < 600) {
            return number(seconds, "0.#") + " s";
        }
        return seconds < 36_000 ? number(seconds / 60, "0") + " min" : number(seconds / 3600, "#,##0.#") + " h";
    }

    private static String size(double bytes) {
        double left = bytes;
        String[] units = {" B", " KB", " MB", " GB", " TB"};
        int unit = 0;
        while (left >= KILO && unit < units.length - 1) {
            left /= KILO;
            unit++;
        }
        return number(left, "0.#") + units[unit];
    }

    private static String number(double value, String pattern) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}

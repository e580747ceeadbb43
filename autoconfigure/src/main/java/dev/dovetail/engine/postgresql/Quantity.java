package dev.dovetail.engine.postgresql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of time and memory as PostgreSQL writes them in its settings. */
final class Quantity {

    private static final Pattern AMOUNT = Pattern.compile("\\s*([+-]?[0-9]*\\.?[0-9]+)\\s*([A-Za-z]*)\\s*");
    private static final Pattern UNIT = Pattern.compile("([0-9]*)([A-Za-z]+)");

    /** Microseconds, or bytes. Both scales in one map: a setting is of one kind, and its units do not overlap. */
    private static final Map<String, BigDecimal> SIZES = Map.ofEntries(
            Map.entry("us", BigDecimal.ONE),
            Map.entry("ms", BigDecimal.valueOf(1_000)),
            Map.entry("s", BigDecimal.valueOf(1_000_000)),
            Map.entry("min", BigDecimal.valueOf(60_000_000)),
            Map.entry("h", BigDecimal.valueOf(3_600_000_000L)),
            Map.entry("d", BigDecimal.valueOf(86_400_000_000L)),
            Map.entry("B", BigDecimal.ONE),
            Map.entry("kB", BigDecimal.valueOf(1L << 10)),
            Map.entry("MB", BigDecimal.valueOf(1L << 20)),
            Map.entry("GB", BigDecimal.valueOf(1L << 30)),
            Map.entry("TB", BigDecimal.valueOf(1L << 40)));

    private Quantity() {}

    /**
     * The amount in whole units of the setting, as {@code pg_settings.setting} shows it; empty if it is none.
     *
     * @param text for example {@code 64MB}, or a number of the setting's units
     * @param unit the setting's unit, for example {@code ms} or {@code 8kB}
     */
    static Optional<BigDecimal> in(String unit, String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(amount.group(1));
        if (amount.group(2).isEmpty()) {
            return Optional.of(rounded(number));
        }
        return size(amount.group(2)).flatMap(size -> size(unit).map(base -> inBase(number.multiply(size), base)));
    }

    private static BigDecimal inBase(BigDecimal amount, BigDecimal base) {
        return amount.divide(base, 0, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal rounded(BigDecimal number) {
        return number.setScale(0, RoundingMode.HALF_EVEN);
    }

    private static Optional<BigDecimal> size(String unit) {
        Matcher matcher = UNIT.matcher(unit);
        if (!matcher.matches() || !SIZES.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        BigDecimal factor = matcher.group(1).isEmpty() ? BigDecimal.ONE : new BigDecimal(matcher.group(1));
        return Optional.ofNullable(SIZES.get(matcher.group(2))).map(factor::multiply);
    }
}

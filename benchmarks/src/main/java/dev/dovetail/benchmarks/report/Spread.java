package dev.dovetail.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What several forks or repetitions measured.
 *
 * @param values in the order in which they were measured
 */
public record Spread(List<Double> values) {

    public Spread {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured");
        }
        values = List.copyOf(values);
    }

    public static Spread of(double... values) {
        return new Spread(Arrays.stream(values).boxed().toList());
    }

    /** The middle one; between two, their mean. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The quotients of what was measured in the same round, where both have as many; else of the medians. */
    public Spread over(Spread other) {
        if (values.size() != other.values.size()) {
            return of(median() / other.median());
        }
        double[] quotients = new double[values.size()];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = values.get(i) / other.values.get(i);
        }
        return of(quotients);
    }

    /** The differences of what was measured in the same round. Both have as many rounds. */
    public Spread minus(Spread other) {
        if (values.size() != other.values.size()) {
            throw new IllegalArgumentException(values.size() + " rounds less " + other.values.size() + " rounds");
        }
        double[] differences = new double[values.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = values.get(i) - other.values.get(i);
        }
        return of(differences);
    }

    /** Median, and least to greatest in brackets. */
    public String text() {
        String format = min() < 0 ? "%s (%s to %s)" : "%s (%s–%s)";
        return format.formatted(number(median()), number(min()), number(max()));
    }

    /** Three digits that count, and no fewer than the whole number has. */
    public static String number(double value) {
        double size = Math.abs(value);
        String pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }
}

package dev.dovetail.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * A promise and what was measured.
 *
 * @param promise in words
 * @param measured the figure, with its spread where there is one
 * @param kept whether it is kept
 */
public record Verdict(String promise, String measured, boolean kept) {

    /** Kept if the median is at most this. */
    public static Verdict atMost(double limit, String promise, Spread measured) {
        return new Verdict(
                promise + String.format(Locale.ROOT, " ≤ %s", plain(limit)),
                measured.text(),
                measured.median() <= limit);
    }

    /** Kept if the median is at least this. */
    public static Verdict atLeast(double limit, String promise, Spread measured) {
        return new Verdict(
                promise + String.format(Locale.ROOT, " ≥ %s", plain(limit)),
                measured.text(),
                measured.median() >= limit);
    }

    /** A table of them. */
    public static String table(List<Verdict> verdicts) {
        MarkdownTable table = new MarkdownTable("Target", "Measured", "");
        verdicts.forEach(verdict -> table.row(verdict.promise, verdict.measured, verdict.kept ? "pass" : "**short**"));
        return table.toString();
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf(Math.round(number)) : String.valueOf(number);
    }
}

package dev.dovetail.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars in groups, as an SVG that is readable on light and on dark ground and needs nothing else. */
public final class BarChart {

    private static final int WIDTH = 900;
    private static final int LABELS = 310;
    private static final int FIGURES = 150;
    private static final int BAR = 16;
    private static final int TOP = 64;
    private static final int HEADING = 26;
    private static final int BETWEEN = 10;

    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #24292f }
              .title { font-size: 16px; font-weight: 600 }
              .heading { font-weight: 600 }
              .note { fill: #57606a }
              .bar { fill: #8c959f }
              .own { fill: #0969da }
              .line { stroke: #57606a; stroke-dasharray: 3 3 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .note { fill: #9198a1 }
                .bar { fill: #6e7681 }
                .own { fill: #4493f8 }
                .line { stroke: #9198a1 }
              }
            </style>
            """;

    private final String title;
    private final String note;
    private final double reference;
    private final List<Group> groups = new ArrayList<>();

    /**
     * @param note what the figures are
     * @param reference a value that is marked by a line, or zero
     */
    public BarChart(String title, String note, double reference) {
        this.title = title;
        this.note = note;
        this.reference = reference;
    }

    /** Adds a group; groups without bars are left out. */
    public BarChart group(String heading, List<Bar> bars) {
        if (!bars.isEmpty()) {
            groups.add(new Group(heading, List.copyOf(bars)));
        }
        return this;
    }

    /** The drawing. */
    public String svg() {
        StringBuilder drawing = new StringBuilder(STYLE);
        text(drawing, "title", 16, 26, title);
        text(drawing, "note", 16, 46, note);
        int y = TOP;
        for (Group group : groups) {
            text(drawing, "heading", 16, y + 14, group.heading);
            y += HEADING;
            int first = y;
            for (Bar bar : group.bars) {
                bar(drawing, y, bar);
                y += BAR + 2;
            }
            line(drawing, first, y);
            y += BETWEEN;
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
                <title>%s</title>
                %s</svg>
                """.formatted(WIDTH, y, WIDTH, y, escaped(title), drawing);
    }

    private void bar(StringBuilder drawing, int y, Bar bar) {
        double width = Math.max(1, position(bar.value) - LABELS);
        text(drawing, "", 32, y + 12, bar.label);
        drawing.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                bar.own ? "own" : "bar",
                LABELS,
                y,
                width,
                BAR));
        text(drawing, "", (int) Math.ceil(LABELS + width) + 6, y + 12, bar.figure);
    }

    private void line(StringBuilder drawing, int from, int to) {
        if (reference > 0) {
            drawing.append(String.format(
                    Locale.ROOT,
                    "<line class=\"line\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                    position(reference),
                    position(reference),
                    from - 2,
                    to));
        }
    }

    private double position(double value) {
        double greatest = groups.stream()
                .flatMap(group -> group.bars.stream())
                .mapToDouble(Bar::value)
                .max()
                .orElse(1);
        return LABELS + value / Math.max(greatest, reference) * (WIDTH - LABELS - FIGURES);
    }

    private static void text(StringBuilder drawing, String style, int x, int y, String text) {
        drawing.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(style, x, y, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /**
     * One bar.
     *
     * @param value its length, not negative
     * @param figure what stands behind it
     * @param own whether it is the one to look at
     */
    public record Bar(String label, double value, String figure, boolean own) {

        public Bar {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("No bar is %s long: %s".formatted(value, label));
            }
        }
    }

    private record Group(String heading, List<Bar> bars) {}
}

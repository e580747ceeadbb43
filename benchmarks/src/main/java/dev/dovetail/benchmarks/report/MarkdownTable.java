package dev.dovetail.benchmarks.report;

import java.util.Collections;

/** A table in Markdown, made row by row. The first column holds words, the others figures. */
public final class MarkdownTable {

    private final int columns;
    private final StringBuilder text = new StringBuilder();

    public MarkdownTable(String... titles) {
        columns = titles.length;
        row(titles);
        text.append("|---|")
                .append(String.join("|", Collections.nCopies(columns - 1, "---:")))
                .append("|\n");
    }

    /** Adds a row with as many cells as there are titles. */
    public MarkdownTable row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns + " columns");
        }
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        text.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

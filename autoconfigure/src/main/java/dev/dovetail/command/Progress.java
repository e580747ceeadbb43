package dev.dovetail.command;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far something has come, with percent and the time that is left, by the time it has taken so far. A terminal gets a bar
 * that is drawn over ten times a second; anything else a line for each tenth, and one every ten seconds between them.
 * Safe for use by several threads.
 */
public final class Progress implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final long REDRAWN_AFTER = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REPEATED_AFTER = TimeUnit.SECONDS.toNanos(10);

    private final String what;
    private final PrintStream stream;
    private final boolean terminal;
    private final LongSupplier clock;
    private final long start;
    private long shown;
    private int shownPercent = -1;
    private int drawn;

    Progress(String what, PrintStream stream, boolean terminal, LongSupplier clock) {
        this.what = what;
        this.stream = stream;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.shown = start;
    }

    /**
     * Says how far it has come.
     *
     * @param total what {@code done} will be at the end, so far as it is known; 0 if it is not known
     */
    public synchronized void at(long done, long total) {
        long now = clock.getAsLong();
        int percent = total <= 0 ? 0 : (int) Math.min(100, 100 * (done / (double) total));
        if (isDue(percent, now)) {
            shown = now;
            shownPercent = percent;
            show(percent, left(done, total, now - start));
        }
    }

    private boolean isDue(int percent, long now) {
        if (shownPercent < 0 || (percent == 100 && shownPercent < 100)) {
            return true;
        }
        return terminal
                ? now - shown >= REDRAWN_AFTER
                : percent / 10 > shownPercent / 10 || now - shown >= REPEATED_AFTER;
    }

    private void show(int percent, String left) {
        if (!terminal) {
            stream.printf("%s: %d %%%s%n", what, percent, left);
            stream.flush();
            return;
        }
        int full = WIDTH * percent / 100;
        String bar = "=".repeat(full) + " ".repeat(WIDTH - full);
        draw(String.format(Locale.ROOT, "%s [%s] %3d %%%s", what, bar, percent, left));
    }

    // What is left of a longer line before is overwritten.
    private void draw(String line) {
        stream.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
        stream.flush();
        drawn = line.length();
    }

    private static String left(long done, long total, long elapsed) {
        if (done <= 0 || total <= 0 || done >= total) {
            return "";
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds((long) (elapsed / (double) done * (total - done)));
        return seconds < 60
                ? ", %d s left".formatted(seconds)
                : ", %d min %d s left".formatted(seconds / 60, seconds % 60);
    }

    /** Ends it, whether it is done or not: what is printed next begins on a line of its own. */
    @Override
    public synchronized void close() {
        if (terminal && drawn > 0) {
            stream.println();
            stream.flush();
            drawn = 0;
        }
    }
}

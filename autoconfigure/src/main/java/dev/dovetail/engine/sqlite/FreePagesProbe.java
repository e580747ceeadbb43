package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A file that is mostly empty, and that was not made for giving its free pages back. Those of one that was are the optimizer's
 * business at night.
 *
 * @param bytes from how many free bytes on it is worth anybody's time
 * @param lasting for how long it has been so: a job that empties a table and fills it again is none of it
 */
record FreePagesProbe(long bytes, Lasting lasting) implements FileProbe {

    static final long MANY = 256L << 20;

    private static final Duration NEGLECT = Duration.ofDays(1);
    private static final long NONE = 0;

    @Override
    public String id() {
        return "free-pages";
    }

    @Override
    public Threshold threshold() {
        return Threshold.share(0.5);
    }

    @Override
    public List<ProbeFinding> run(Connection connection, double threshold) throws SQLException {
        SqliteSpace space = SqliteSpace.of(connection);
        boolean wasted = space.freeShare() >= threshold
                && space.freeBytes() >= bytes
                && SqlitePragma.number(connection, "auto_vacuum") == NONE;
        String file = SqlitePragma.file(connection).toString();
        return lasting.of(wasted ? List.of(file) : List.of()).values().stream()
                .filter(lasted -> lasted.compareTo(NEGLECT) >= 0)
                .map(lasted -> finding(file, space))
                .toList();
    }

    private static ProbeFinding finding(String file, SqliteSpace space) {
        return new ProbeFinding(
                file,
                Severity.LOW,
                space.freeShare(),
                "%s of the file's %s have been free for a day, and nothing gives them back: its auto_vacuum is NONE"
                        .formatted(
                                Threshold.size(0).shown((double) space.freeBytes()),
                                Threshold.size(0).shown((double) space.bytes())),
                "In a quiet hour, run action 'optimize' with fullVacuum: it rewrites the file once, and from then on the"
                        + " optimizer gives free pages back at night. It needs twice the file's size free on the disk, and"
                        + " nobody can write meanwhile.");
    }
}

package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether the file will soon have as many pages as it may. Pages that are free are used before new ones are made. */
record PageLimitProbe() implements FileProbe {

    private static final double NEARLY_ALL = 0.98;

    @Override
    public String id() {
        return "page-limit";
    }

    @Override
    public Threshold threshold() {
        return Threshold.share(0.9);
    }

    @Override
    public List<ProbeFinding> run(Connection connection, double threshold) throws SQLException {
        SqliteSpace space = SqliteSpace.of(connection);
        long used = space.pages() - space.freePages();
        long most = SqlitePragma.number(connection, "max_page_count");
        double share = (double) used / most;
        if (share < threshold) {
            return List.of();
        }
        return List.of(new ProbeFinding(
                SqlitePragma.file(connection).toString(),
                share >= NEARLY_ALL ? Severity.CRITICAL : Severity.HIGH,
                share,
                "%d of the %d pages that max_page_count lets the file have are in use".formatted(used, most),
                "Delete what is not needed, or raise the limit (dovetail.sqlite.pragmas.max_page_count): when it is reached,"
                        + " writes fail as on a full disk."));
    }
}

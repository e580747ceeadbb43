package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.engine.Threshold;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Tables of which a large share is dead rows, and which the server's own vacuum has not visited for a day.
 *
 * @param rows from how many dead rows on
 */
record DeadRowsProbe(long rows) implements HealthProbe {

    static final long MANY = 10_000;

    private static final Duration NEGLECT = Duration.ofDays(1);
    private static final int MOST_TABLES = 20;

    @Override
    public String id() {
        return "dead-rows";
    }

    @Override
    public Threshold threshold() {
        return Threshold.share(0.2);
    }

    @Override
    public List<ProbeFinding> run(Connection connection, double threshold) throws SQLException {
        return UpkeptTable.read(TableUpkeep.physical(connection), NEGLECT.toMillis()).stream()
                .filter(table -> table.isFull(threshold, rows) && !table.visited())
                .sorted(Comparator.comparing(UpkeptTable::deadShare).reversed())
                .limit(MOST_TABLES)
                .map(DeadRowsProbe::finding)
                .toList();
    }

    private static ProbeFinding finding(UpkeptTable table) {
        return new ProbeFinding(
                table.name(),
                Severity.MEDIUM,
                table.deadShare(),
                "%s of table %s are dead rows, and autovacuum has not been there for a day"
                        .formatted(Threshold.share(table.deadShare()).shown(), table.name()),
                "Look for old transactions that keep it away; VACUUM (ANALYZE) %s, or action 'optimize', removes them."
                        .formatted(table.name()));
    }
}

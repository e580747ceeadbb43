package dev.dovetail.faults;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.engine.UpkeepResult.Outcome;
import dev.dovetail.maintenance.OptimizationOptions;
import dev.dovetail.maintenance.OptimizationReport;
import java.util.Map;

/** A process that deletes rows and has the file rewritten, again and again, until it is killed. */
final class VacuumProcess {

    static final int ROWS = 20_000;

    private VacuumProcess() {}

    /** Argument: the database file. Says {@code vacuum} before each time. */
    public static void main(String[] arguments) {
        try (TestApplication application = TestApplication.with(
                Map.of("dovetail.sqlite.path", arguments[0]), "dovetail.optimizer.free-size=64KB")) {
            application.template().execute("""
                    CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT, number INTEGER) STRICT""");
            application.template().execute("CREATE INDEX IF NOT EXISTS item_number ON item (number)");
            for (int round = 0; ; round++) {
                // Whatever the last one has left, there are so many rows again, of which half go.
                application.template().update("""
                        INSERT OR IGNORE INTO item
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                        SELECT i, hex(randomblob(200)), i %% 7 FROM n""".formatted(ROWS));
                application.template().update("DELETE FROM item WHERE id > " + ROWS / 2);
                System.out.println("vacuum");
                OptimizationOptions options = OptimizationOptions.defaults();
                OptimizationReport report =
                        application.database().optimize(round % 2 == 0 ? options.withFullVacuum() : options);
                if (!report.success() || report.step("full-vacuum").outcome() == Outcome.NOT_NEEDED) {
                    throw new IllegalStateException(report.toString());
                }
            }
        }
    }
}

package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.HealthProbe;
import java.util.List;

/** What a file is asked from time to time: its header, its schema and a few rows, so that it takes milliseconds at any size. */
final class SqliteProbes {

    private SqliteProbes() {}

    static List<HealthProbe> all() {
        return List.of(
                new PageLimitProbe(),
                new AutoincrementProbe(),
                new FreePagesProbe(FreePagesProbe.MANY, new Lasting(System::nanoTime)),
                new MissingStatisticsProbe(MissingStatisticsProbe.MANY, new Lasting(System::nanoTime)));
    }
}

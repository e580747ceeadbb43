package dev.dovetail.autoconfigure;

import dev.dovetail.coordination.Schedule;
import dev.dovetail.engine.UpkeepSettings;
import dev.dovetail.maintenance.OptimizerSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What keeps the database small and fast.
 *
 * @param enabled Whether anything of this is done by itself. What is asked for is done in any case.
 * @param timeOfDay When it is done first, and every day if the interval is whole days.
 * @param zone Zone of that time. Without it the zone of the machine.
 * @param interval From each time to the next one, at least 1 minute.
 * @param checkpointInterval How often the write-ahead log of SQLite is copied into the file. Zero for never.
 * @param incrementalVacuum Whether a SQLite file gives free pages back to the file system.
 * @param fullVacuum Whether a SQLite file may also be rewritten as a whole when it has so many free pages. Nobody can write
 *     meanwhile, and twice its size must be free on the disk.
 * @param analyze Whether the statistics of the query planner are renewed.
 * @param integrityInterval How often the newest backup is verified as a whole.
 * @param freeShare Share of a SQLite file, from 0 to 1, that must be free before space is given back.
 * @param freeSize How much of a SQLite file must be free as well.
 * @param logSize From which length on the write-ahead log of SQLite is cut when nobody is using the database.
 * @param staleShare Share of a table's rows, from 0 to 1, that must have changed on PostgreSQL before it is analyzed again.
 * @param staleRows How many rows must have changed as well.
 * @param deadShare Share of a table's rows, from 0 to 1, that must be dead on PostgreSQL before it is vacuumed.
 * @param deadRows How many rows must be dead as well.
 * @param autovacuumGrace How long after its last visit a table is left to PostgreSQL's own vacuum.
 * @param lockTimeout How long to wait on PostgreSQL for a lock on a table.
 * @param statementTimeout How long analyzing or vacuuming one table may take on PostgreSQL.
 */
record OptimizerProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("02:00") String timeOfDay,
        @Nullable String zone,
        @DefaultValue("24h") Duration interval,
        @DefaultValue("5m") Duration checkpointInterval,
        @DefaultValue("true") boolean incrementalVacuum,
        @DefaultValue("false") boolean fullVacuum,
        @DefaultValue("true") boolean analyze,
        @DefaultValue("7d") Duration integrityInterval,
        @DefaultValue("0.25") double freeShare,
        @DefaultValue("64MB") DataSize freeSize,
        @DefaultValue("10MB") DataSize logSize,
        @DefaultValue("0.1") double staleShare,
        @DefaultValue("1000") long staleRows,
        @DefaultValue("0.2") double deadShare,
        @DefaultValue("10000") long deadRows,
        @DefaultValue("10m") Duration autovacuumGrace,
        @DefaultValue("5s") Duration lockTimeout,
        @DefaultValue("120s") Duration statementTimeout) {

    OptimizerSettings settings() {
        Schedule schedule = new Schedule(
                parsed("time-of-day", timeOfDay, LocalTime::parse),
                interval,
                zone == null ? ZoneId.systemDefault() : parsed("zone", zone, ZoneId::of));
        return new OptimizerSettings(enabled, schedule, checkpointInterval, integrityInterval, upkeep());
    }

    private UpkeepSettings upkeep() {
        return new UpkeepSettings(
                incrementalVacuum,
                fullVacuum,
                analyze,
                freeShare,
                freeSize.toBytes(),
                logSize.toBytes(),
                staleShare,
                staleRows,
                deadShare,
                deadRows,
                autovacuumGrace,
                lockTimeout,
                statementTimeout);
    }

    private static <T> T parsed(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "dovetail.optimizer.%s is '%s': %s".formatted(name, text, e.getMessage()), e);
        }
    }
}

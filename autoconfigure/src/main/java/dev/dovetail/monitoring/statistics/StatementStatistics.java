package dev.dovetail.monitoring.statistics;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What every statement did: how often, how long, how often it failed, who executed it. Holds no value that was bound or stood
 * in a text, and a bounded number of statements; the others are counted together. Statements of maintenance, migrations
 * and health, and what else is done beside the application, are not counted. Safe for use by several threads.
 */
public final class StatementStatistics implements StatementListener {

    private final StatisticsSettings settings;
    private final Function<SQLException, DatabaseError> meanings;
    private final Clock clock;
    private final long slowNanos;
    private final Fingerprints fingerprints;
    private final StatementStore statements;
    private final Figures all = new Figures(true);
    private final ErrorPatterns errors = new ErrorPatterns();
    private final RepeatedQueries repeated;
    private final LargeResults large;
    private volatile @Nullable SlowQueryPlans plans;
    private final long begun;

    /**
     * @param meanings what an error of the database means
     * @param clock by which the minutes go
     * @param units of work outside of transactions
     */
    public StatementStatistics(
            StatisticsSettings settings,
            Function<SQLException, DatabaseError> meanings,
            Clock clock,
            CurrentUnit units) {
        this.settings = settings;
        this.meanings = meanings;
        this.clock = clock;
        this.slowNanos = settings.slowNanos();
        this.fingerprints = new Fingerprints(4 * Math.max(256, settings.statements()));
        this.statements = new StatementStore(settings.statements());
        this.repeated = new RepeatedQueries(settings.repetitions(), units);
        this.large = new LargeResults(settings.largeRows());
        this.begun = minute();
    }

    /** What is watched. */
    public StatisticsSettings settings() {
        return settings;
    }

    /** Has the plans of slow queries explained from now on, each once. */
    public void explainBy(SlowQueryPlans plans) {
        this.plans = plans;
    }

    @Override
    public void onStatement(StatementEvent event) {
        if (event.role() == ConnectionRole.MAINTENANCE || event.besideApplication()) {
            return;
        }
        Execution execution = execution(event);
        Fingerprint fingerprint = fingerprints.of(event.sql());
        KeptStatement statement = statements.add(fingerprint, event.query(), execution);
        statement.calledBy(event.operation());
        all.add(execution);
        if (event.query() && !OperationContext.OWN.equals(event.operation())) {
            repeated.executed(fingerprint, event, execution.millis());
            large.read(fingerprint, event, execution.millis());
        }
        if (execution.slow()) {
            slow(fingerprint, statement, event, execution.millis());
        }
        SQLException error = event.error();
        if (error != null) {
            errors.failed(fingerprint, meaning(error).code(), execution.minute());
        }
    }

    private Execution execution(StatementEvent event) {
        return new Execution(
                clock.millis(),
                event.totalNanos(),
                Math.max(0, event.rows()),
                event.error() != null,
                event.totalNanos() >= slowNanos);
    }

    private void slow(Fingerprint fingerprint, KeptStatement statement, StatementEvent event, long millis) {
        SlowStatementLog.warn(fingerprint, event, statement.slowWarnings(), millis);
        SlowQueryPlans explaining = plans;
        if (explaining != null && event.query() && event.succeeded() && statement.isToBeExplained()) {
            explaining.explain(statement, event.sql());
        }
    }

    private DatabaseError meaning(SQLException error) {
        return error instanceof DescribedSqlException described ? described.error() : meanings.apply(error);
    }

    /** The statements that are kept one by one, those first that took the most time together. */
    public List<StatementFigures> statements() {
        return statements.kept().stream()
                .map(KeptStatement::all)
                .sorted(Comparator.comparingLong(StatementFigures::totalNanos)
                        .reversed()
                        .thenComparing(StatementFigures::id))
                .toList();
    }

    /** All those together that are not kept one by one. */
    public StatementFigures others() {
        return statements.others().all();
    }

    /** All statements since the start. */
    public PeriodFigures totals() {
        return PeriodFigures.of(all.sum());
    }

    /**
     * All statements of a window of time: the whole minutes of the clock that it covers, and the one that is running.
     *
     * @param window one hour at most
     */
    public PeriodFigures totals(Duration window) {
        long now = minute();
        return PeriodFigures.of(all.sum(now - minutes(window), now));
    }

    /**
     * The last hour, minute by minute, the running one last. Minutes without a statement are there, too, but none from before the
     * start, of which nothing is known.
     */
    public List<MinuteFigures> minutes() {
        long now = minute();
        long hour = now - StatementStore.MINUTES_OF_USE;
        // A clock that was set back knows of no start.
        return LongStream.rangeClosed(begun > now ? hour : Math.max(hour, begun), now)
                .mapToObj(each -> new MinuteFigures(
                        Instant.ofEpochMilli(each * Execution.MILLIS_PER_MINUTE),
                        PeriodFigures.of(all.sum(each, each))))
                .toList();
    }

    /**
     * What is worth looking at.
     *
     * @param window how far to look back, one hour at most; counted in whole minutes of the clock
     * @param top how many of each
     * @throws IllegalArgumentException if the window or the number is not above zero
     */
    public QueryInsights insights(Duration window, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("Ask for at least one of each");
        }
        long to = minute();
        long minutes = minutes(window);
        List<StatementInsight> executed = statements.kept().stream()
                .map(each -> each.between(to - minutes, to))
                .filter(each -> each.count() > 0)
                .toList();
        Instant since = Instant.ofEpochMilli((to - minutes) * Execution.MILLIS_PER_MINUTE);
        return new QueryInsights(
                Duration.ofMinutes(minutes),
                top(executed, Comparator.comparingLong(StatementInsight::meanNanos), top),
                top(executed, Comparator.comparingLong(StatementInsight::count), top),
                top(executed, Comparator.comparingLong(StatementInsight::totalNanos), top),
                errors.between(to - minutes, to, top),
                repeated.since(since, top),
                large.since(since, top));
    }

    private static List<StatementInsight> top(
            List<StatementInsight> executed, Comparator<StatementInsight> order, int top) {
        return executed.stream()
                .sorted(order.reversed().thenComparing(StatementInsight::id))
                .limit(top)
                .toList();
    }

    private long minute() {
        return Math.floorDiv(clock.millis(), Execution.MILLIS_PER_MINUTE);
    }

    private static long minutes(Duration window) {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("A window of time must be longer than 0");
        }
        Duration atMost = window.compareTo(QueryInsights.LONGEST_WINDOW) > 0 ? QueryInsights.LONGEST_WINDOW : window;
        return -Math.floorDiv(-atMost.toMillis(), Execution.MILLIS_PER_MINUTE);
    }
}

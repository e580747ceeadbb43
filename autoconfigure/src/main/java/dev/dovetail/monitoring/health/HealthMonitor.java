package dev.dovetail.monitoring.health;

import dev.dovetail.coordination.Rounds;
import dev.dovetail.engine.Severity;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates all rules from time to time and keeps what they found. Safe for use by several threads. */
public final class HealthMonitor implements Rounds.Round, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);

    // Whoever has a thousand broken indexes need not read about each.
    private static final int MOST_FINDINGS = 50;

    private final HealthSettings settings;
    private final Supplier<List<HealthRule>> rules;
    private final Supplier<List<HealthMetrics>> metrics;
    private final Supplier<List<HealthListener>> listeners;
    private final BooleanSupplier suspended;
    private final Clock clock;
    private final RuleThreads threads = new RuleThreads();
    private final AtomicLong evaluations = new AtomicLong();
    private final Set<String> failing = new LinkedHashSet<>();
    private volatile @Nullable HealthReport last;
    // Of the thread of the rounds only.
    private boolean begun;

    /**
     * @param rules asked for at each evaluation
     * @param metrics asked for at each evaluation
     * @param listeners asked for at each evaluation
     * @param suspended whether the database must not be asked now, because it is being replaced
     */
    public HealthMonitor(
            HealthSettings settings,
            Supplier<List<HealthRule>> rules,
            Supplier<List<HealthMetrics>> metrics,
            Supplier<List<HealthListener>> listeners,
            BooleanSupplier suspended,
            Clock clock) {
        this.settings = settings;
        this.rules = rules;
        this.metrics = metrics;
        this.listeners = listeners;
        this.suspended = suspended;
        this.clock = clock;
    }

    /** One that has these rules only, and no background. */
    public static HealthMonitor of(List<HealthRule> rules) {
        return new HealthMonitor(
                HealthSettings.DEFAULTS, () -> rules, List::of, List::of, () -> false, Clock.systemUTC());
    }

    // An application that has just started has more urgent things to do, and its first minute is like no other.
    @Override
    public void run(BooleanSupplier goesOn) {
        if (begun && !suspended.getAsBoolean()) {
            evaluate(goesOn);
        }
        begun = true;
    }

    /** What was found last; empty before the first evaluation, one interval after the start. */
    public Optional<HealthReport> last() {
        return Optional.ofNullable(last);
    }

    /** How often the rules were evaluated. */
    public long evaluations() {
        return evaluations.get();
    }

    /** What was found last; evaluates now, on this thread, only if nobody has done so for two intervals. */
    public HealthReport report() {
        HealthReport known = last;
        return known == null || isOld(known) ? evaluateAfter(known) : known;
    }

    private boolean isOld(HealthReport report) {
        Duration age = Duration.between(report.evaluatedAt(), clock.instant());
        // Of a time that is still to come it is only if the clock was set back.
        return !suspended.getAsBoolean()
                && (age.isNegative() || age.compareTo(settings.interval().multipliedBy(2)) > 0);
    }

    private synchronized HealthReport evaluateAfter(@Nullable HealthReport known) {
        HealthReport meanwhile = last;
        return meanwhile == null || meanwhile.equals(known) ? evaluate() : meanwhile;
    }

    /**
     * Evaluates all rules now, one after the other.
     *
     * @throws IllegalStateException if the thread is interrupted
     */
    public HealthReport evaluate() {
        HealthReport report = evaluate(() -> true);
        if (report == null) {
            throw new IllegalStateException("The evaluation of health was interrupted");
        }
        return report;
    }

    private synchronized @Nullable HealthReport evaluate(BooleanSupplier goesOn) {
        try {
            HealthReport report = evaluated(goesOn);
            last = report;
            evaluations.incrementAndGet();
            listeners.get().forEach(listener -> tell(listener, report));
            return report;
        } catch (InterruptedException e) {
            // Half an evaluation says nothing.
            log.debug("An evaluation of health was interrupted");
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private HealthReport evaluated(BooleanSupplier goesOn) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Set<String> unanswered = new LinkedHashSet<>();
        try (SharedFacts facts = new SharedFacts(clock.instant())) {
            for (HealthRule rule : rules.get()) {
                if (!goesOn.getAsBoolean()) {
                    throw new InterruptedException("The application ends");
                }
                if (settings.of(rule).enabled()) {
                    evaluate(rule, facts, findings, unanswered);
                }
            }
            findings.sort(Comparator.comparing(Finding::severity).reversed());
            return new HealthReport(HealthStatus.of(findings), findings, unanswered, read(), facts.at());
        }
    }

    private void evaluate(HealthRule rule, SharedFacts facts, List<Finding> findings, Set<String> unanswered)
            throws InterruptedException {
        Evaluation evaluation = new Evaluation(rule, settings.threshold(rule), settings.minimumSample(), facts);
        try {
            List<Finding> found = threads.run(rule.id(), settings.ruleTimeout(), () -> rule.evaluate(evaluation));
            found.stream()
                    .limit(MOST_FINDINGS)
                    .map(each -> adjusted(rule, each))
                    .forEach(findings::add);
            recovered(rule);
        } catch (UnanswerableException e) {
            log.debug("Health rule '{}' cannot be evaluated", rule.id(), e);
            unanswered.add(rule.id());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof TimeoutException) {
                facts.abandon();
            }
            unable(rule, e, findings, unanswered);
        }
    }

    private void unable(HealthRule rule, Exception e, List<Finding> findings, Set<String> unanswered) {
        Finding failure = rule.failed(reason(e));
        if (!failure.rule().equals(rule.id())) {
            unanswered.add(rule.id());
            // That the database does not answer is said once.
            if (findings.stream().anyMatch(each -> each.rule().equals(StandardRules.DATABASE))) {
                log.debug("Health rule '{}' could not be evaluated", rule.id(), e);
                return;
            }
        }
        failed(rule, e);
        findings.add(failure);
    }

    private Finding adjusted(HealthRule rule, Finding found) {
        Severity severity = settings.of(rule).severity();
        return severity == null ? found : found.as(severity);
    }

    // The message of an exception may hold what must not be shown.
    private static String reason(Exception e) {
        return e instanceof TimeoutException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
    }

    private void failed(HealthRule rule, Exception e) {
        if (failing.add(rule.id())) {
            log.warn("Health rule '{}' could not be evaluated; only its success is logged next", rule.id(), e);
        } else {
            log.debug("Health rule '{}' could not be evaluated again", rule.id(), e);
        }
    }

    private void recovered(HealthRule rule) {
        if (failing.remove(rule.id())) {
            log.info("Health rule '{}' can be evaluated again", rule.id());
        }
    }

    private Map<String, Map<String, Object>> read() throws InterruptedException {
        Map<String, Map<String, Object>> numbers = new LinkedHashMap<>();
        for (HealthMetrics each : metrics.get()) {
            try {
                // Some of them ask the database, which may be the one that does not answer.
                Map<String, Object> read = threads.run("numbers of " + each.name(), settings.ruleTimeout(), each::read);
                if (!read.isEmpty()) {
                    numbers.put(each.name(), read);
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                log.debug("The numbers of '{}' could not be read", each.name(), e);
            }
        }
        return numbers;
    }

    private static void tell(HealthListener listener, HealthReport report) {
        try {
            listener.onReport(report);
        } catch (RuntimeException e) {
            log.warn("A listener of health failed: {}", listener.getClass().getName(), e);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}

package dev.dovetail.monitoring.alert;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.Finding;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has been seen of one subject of one rule. Used under the lock of {@link Alerts}. */
final class Watch {

    private final AlertSettings settings;
    private Finding finding;
    // The last evaluations, the newest in the lowest bit; 1 where it was found.
    private long window;
    private int missed;
    private long count;
    private Instant firstSeen;
    private Instant lastSeen;
    private @Nullable Instant raisedAt;
    private Severity worst;
    private @Nullable Instant overSince;

    Watch(AlertSettings settings, Finding finding, Instant now) {
        this.settings = settings;
        this.finding = finding;
        this.firstSeen = now;
        this.lastSeen = now;
        this.worst = finding.severity();
    }

    /** It was found again; returns what is to be told, if anything is. */
    @Nullable
    AlertEvent found(Finding again, Instant now) {
        if (window == 0 && raisedAt == null) {
            firstSeen = now;
            count = 0;
        }
        finding = again;
        window = shifted() | 1;
        missed = 0;
        count++;
        lastSeen = now;
        return raisedAt == null ? raise(now) : escalate();
    }

    private @Nullable AlertEvent raise(Instant now) {
        boolean often = Long.bitCount(window) >= settings.raiseAfter();
        if (isQuiet(now) || !(often || finding.severity() == Severity.CRITICAL)) {
            return null;
        }
        raisedAt = now;
        worst = finding.severity();
        return new AlertRaised(alert(now), false);
    }

    // A clock that was put back is no reason to be silent until it has caught up.
    private boolean isQuiet(Instant now) {
        Instant since = overSince;
        return since != null && Duration.between(since, now).abs().compareTo(settings.cooldown()) < 0;
    }

    private @Nullable AlertEvent escalate() {
        Instant since = raisedAt;
        if (since == null || finding.severity().compareTo(worst) <= 0) {
            return null;
        }
        worst = finding.severity();
        return new AlertRaised(alert(since), true);
    }

    /** It was not found; returns what is to be told, if anything is. */
    @Nullable
    AlertEvent missed(Instant now) {
        window = shifted();
        missed++;
        return raisedAt != null && missed >= settings.resolveAfter() ? resolve(now, Alert.Resolution.BY_ITSELF) : null;
    }

    @Nullable
    AlertEvent resolve(Instant now, Alert.Resolution why) {
        Instant since = raisedAt;
        if (since == null) {
            return null;
        }
        Alert over = alert(since).resolved(now, why);
        raisedAt = null;
        window = 0;
        overSince = now;
        return new AlertResolved(over);
    }

    private long shifted() {
        return (window << 1) & ((1L << settings.outOf()) - 1);
    }

    /** Whether nothing of it matters any more. */
    boolean isForgotten(Instant now) {
        return raisedAt == null && window == 0 && !isQuiet(now);
    }

    String rule() {
        return finding.rule();
    }

    /** It as an alert; null if it is none. */
    @Nullable
    Alert alert() {
        Instant since = raisedAt;
        return since == null ? null : alert(since);
    }

    private Alert alert(Instant since) {
        return new Alert(
                Alerts.id(finding),
                finding.rule(),
                finding.subject(),
                worst,
                finding.text(),
                finding.recommendation(),
                finding.measured(),
                finding.threshold(),
                count,
                firstSeen,
                since,
                lastSeen,
                null,
                null);
    }
}

package dev.dovetail.monitoring.health;

import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.Severity;
import java.util.List;
import java.util.concurrent.Callable;

/** Settings that are not as they were asked for: a pooled connection, or the server, was changed behind our back. */
final class SettingsRule implements HealthRule {

    private final Callable<DatabaseInfo> description;

    SettingsRule(Callable<DatabaseInfo> description) {
        this.description = description;
    }

    @Override
    public String id() {
        return StandardRules.SETTINGS;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) throws UnanswerableException {
        return description(evaluation).settings().stream()
                .filter(each -> !each.asExpected() && each.importance() != AppliedSetting.Importance.OPTIONAL)
                .map(
                        each -> evaluation.degraded(
                                each.name(),
                                each.importance() == AppliedSetting.Importance.CRITICAL ? Severity.HIGH : Severity.LOW,
                                null,
                                "Setting %s is %s instead of %s".formatted(each.name(), each.actual(), each.expected()),
                                "Find out who changes it; a restart of the application sets it again, if the database accepts it."))
                .toList();
    }

    private DatabaseInfo description(Evaluation evaluation) throws UnanswerableException {
        try {
            return evaluation.shared(DatabaseInfo.class, description);
        } catch (Exception e) {
            throw new UnanswerableException("The database does not answer", e);
        }
    }
}

package dev.dovetail.monitoring.health;

import java.util.List;

/** Whether a statement has met a full, failing, read-only or damaged storage, and nothing says that it is over. */
final class StorageRule implements HealthRule {

    private final StorageFailures failures;

    StorageRule(StorageFailures failures) {
        this.failures = failures;
    }

    @Override
    public String id() {
        return StandardRules.STORAGE;
    }

    @Override
    public List<Finding> evaluate(Evaluation evaluation) {
        return failures
                .last()
                .map(error -> evaluation.down(
                        error.code().name(),
                        "%s: %s".formatted(error.code(), error.code().meaning()),
                        error.suggestion() == null
                                ? "Look at the disk of the database, and at the newest backup."
                                : error.suggestion()))
                .stream()
                .toList();
    }
}

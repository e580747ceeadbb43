package dev.dovetail.repository;

import java.util.Arrays;
import java.util.List;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.CriteriaDefinition;

/** Conditions that stay whole when they are combined: Spring Data puts brackets around groups only. */
final class Brackets {

    private Brackets() {}

    static Criteria around(CriteriaDefinition condition) {
        return Criteria.empty().and(List.of(condition));
    }

    /** All of these; those that are empty do not count. */
    static Criteria all(CriteriaDefinition... conditions) {
        return all(Arrays.asList(conditions));
    }

    static Criteria all(List<? extends CriteriaDefinition> conditions) {
        List<Criteria> whole = conditions.stream()
                .filter(condition -> !condition.isEmpty())
                .map(Brackets::around)
                .toList();
        return whole.isEmpty() ? Criteria.empty() : Criteria.empty().and(whole);
    }

    /** Any of these, of which there is at least one. */
    static Criteria any(List<Criteria> conditions) {
        // As a chain: a group of alternatives is joined by AND.
        return conditions.stream()
                .map(Brackets::around)
                .reduce((one, other) -> one.or(other))
                .orElseThrow();
    }
}

package dev.dovetail.autoconfigure;

import dev.dovetail.engine.EpochUnit;
import dev.dovetail.maintenance.retention.RetentionRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long rows are kept.
 *
 * @param retention Tables whose old rows are deleted, by name.
 */
@ConfigurationProperties("dovetail.optimizer")
record RetentionProperties(@DefaultValue Map<String, OneTable> retention) {

    /**
     * One table.
     *
     * @param column Column that says when a row began to age.
     * @param unit What the column counts, if it holds numbers.
     * @param maxAge Age from which on rows are deleted.
     * @param batchSize How many rows are deleted in one transaction at most, from 1 to 10000.
     * @param where Condition in SQL for the rows that are deleted.
     * @param pause How long others have the database to themselves between two transactions, at most 1 minute.
     */
    record OneTable(
            @Nullable String column,
            @Nullable EpochUnit unit,
            @Nullable Duration maxAge,
            @DefaultValue("1000") int batchSize,
            @Nullable String where,
            @DefaultValue("20ms") Duration pause) {

        private RetentionRule rule(String table) {
            if (maxAge == null) {
                throw new IllegalArgumentException(
                        RetentionRule.property(table, "max-age")
                                + " is missing: it says how old rows may get. A table's name with a point in it stands in [ ].");
            }
            return new RetentionRule(table, column == null ? "" : column, unit, maxAge, batchSize, where, pause);
        }
    }

    List<RetentionRule> rules() {
        List<RetentionRule> rules = new ArrayList<>();
        retention.forEach((table, one) -> rules.add(one.rule(table)));
        return rules;
    }
}

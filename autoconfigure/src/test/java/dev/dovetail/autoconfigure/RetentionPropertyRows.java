package dev.dovetail.autoconfigure;

import dev.dovetail.maintenance.retention.RetentionSweeper;
import java.time.Duration;
import java.util.List;

/** A rule of retention, which needs a table to be about. */
final class RetentionPropertyRows {

    private RetentionPropertyRows() {}

    static PropertyRow maxAge() {
        return new PropertyRow(
                "dovetail.optimizer.retention.wired_event.max-age=9d",
                List.of(
                        "spring.sql.init.mode=always",
                        "spring.sql.init.schema-locations=classpath:wiring/retention.sql",
                        "dovetail.optimizer.retention.wired_event.column=at"),
                context ->
                        context.getBean(RetentionSweeper.class).rules().get(0).maxAge(),
                Duration.ofDays(9));
    }
}

package dev.dovetail.autoconfigure;

import dev.dovetail.maintenance.retention.RetentionSweeper;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Rules of retention, which need a table to be about. */
final class RetentionPropertyRows {

    private RetentionPropertyRows() {}

    static Stream<PropertyRow> all() {
        return Stream.of(new PropertyRow(
                "dovetail.optimizer.retention.wired_event.max-age=9d",
                List.of(
                        "spring.sql.init.mode=always",
                        "spring.sql.init.schema-locations=classpath:wiring/retention.sql",
                        "dovetail.optimizer.retention.wired_event.column=at"),
                context ->
                        context.getBean(RetentionSweeper.class).rules().get(0).maxAge(),
                Duration.ofDays(9)));
    }
}

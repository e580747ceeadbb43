package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.repository.table.TableOperations;
import dev.dovetail.schema.SchemaCatalog;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** Tables by their names; afterwards no connection may be missing from a pool. */
@EngineContract
abstract class TableContract {

    private static final SharedApplications applications = new SharedApplications();

    final TestEngine engine;
    final TestApplication application;

    TableContract(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    // The plan of a slow query may just be asked for, beside the test.
    @AfterEach
    void assertNothingIsInUse() {
        Awaitility.await()
                .untilAsserted(() -> assertThat(application.dataSource().pools())
                        .extracting(PoolStatus::active)
                        .containsOnly(0));
    }

    /** Drops these tables and makes them anew, in the words of portable migrations. */
    void define(List<String> tables, String script) {
        tables.forEach(table -> application.template().execute("DROP TABLE IF EXISTS " + table));
        application.define(script);
        application.bean(SchemaCatalog.class).refresh();
    }

    TableOperations table(String name) {
        return application.database().table(name);
    }

    static List<Object> ids(List<Map<String, @Nullable Object>> rows) {
        return values(rows, "id");
    }

    static List<Object> values(List<Map<String, @Nullable Object>> rows, String column) {
        return rows.stream().<Object>map(row -> row.get(column)).toList();
    }

    /** The texts of what was executed since the last call. */
    List<String> executed() {
        return application.statements().stream().map(StatementEvent::sql).toList();
    }
}

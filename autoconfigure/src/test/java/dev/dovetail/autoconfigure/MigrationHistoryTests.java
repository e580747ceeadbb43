package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestEngine;
import dev.dovetail.migration.AppliedMigration;
import dev.dovetail.migration.MigrationHistory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the histories of migrations tell, wherever the JVM and the server live. */
class MigrationHistoryTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void migrationsWereRunAtAMomentAndNotAtATimeOfSomeZone(TestEngine engine) {
        Instant before = Instant.now();
        MigratedApplication.on(engine.freshDatabase(), directory).next().run(context -> {
            List<AppliedMigration> applied =
                    context.getBean(MigrationHistory.class).newest(100);
            assertThat(applied).extracting(AppliedMigration::script).contains("V1__item.sql");
            assertThat(applied)
                    .allSatisfy(each -> assertThat(each.installedOn())
                            .isBetween(before.minusSeconds(60), Instant.now().plusSeconds(60)));
        });
    }
}

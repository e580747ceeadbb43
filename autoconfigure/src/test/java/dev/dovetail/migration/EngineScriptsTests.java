package dev.dovetail.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dovetail.migration.scripts.V1__Common;
import dev.dovetail.migration.scripts.sqlite.V2__Replaced;
import dev.dovetail.migration.scripts.sqlite.V3__Mine;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.scanner.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineScriptsTests {

    private static final String[] SQL = {".sql"};
    private static final EngineFolders FOLDERS = new EngineFolders("sqlite", Set.of("sqlite", "postgresql"));

    @Test
    void takesOutOtherEnginesAndWhatIsReplacedOnTheClassPath() {
        assertThat(paths(scripts("classpath:db/layout")))
                .containsExactlyInAnyOrder(
                        "db/layout/V1__a.sql",
                        "db/layout/sqlite/V2__b.sql",
                        "db/layout/sqlite/V3__mine.sql",
                        "db/layout/orders/sqlite/V4__orders.sql");
    }

    @Test
    void understandsWildcards() {
        assertThat(paths(scripts("classpath:db/lay*")))
                .contains("db/layout/V1__a.sql", "db/layout/sqlite/V3__mine.sql")
                .noneMatch(path -> path.contains("postgresql"));
        assertThat(paths(scripts("classpath:db/layout/*/V3*.sql"))).containsExactly("db/layout/sqlite/V3__mine.sql");
    }

    @Test
    void aVendorLocationBesideACommonOneReplacesItsFiles(@TempDir Path directory) {
        new Scripts(directory)
                .with("common/V1__a.sql", "-- common")
                .with("common/V2__b.sql", "-- common")
                .with("sqlite/V2__b.sql", "-- sqlite");

        assertThat(paths(scripts(
                        "filesystem:" + directory.resolve("common"), "filesystem:" + directory.resolve("sqlite"))))
                .containsExactlyInAnyOrder(
                        directory.resolve("common/V1__a.sql").toString(),
                        directory.resolve("sqlite/V2__b.sql").toString());
    }

    @Test
    void aDirectoryAboveTheLocationMeansNothing(@TempDir Path directory) {
        Path location = directory.resolve("postgresql/migration");
        new Scripts(location).with("V1__a.sql", "-- common");

        assertThat(paths(scripts("filesystem:" + location))).hasSize(1);
    }

    @Test
    void theLetterCaseOfAFolderDoesNotMatter(@TempDir Path directory) {
        new Scripts(directory)
                .with("PostgreSQL/V1__a.sql", "-- theirs")
                .with("SQLite/V1__a.sql", "-- mine")
                .with("V1__a.sql", "-- common");

        assertThat(paths(scripts("filesystem:" + directory)))
                .containsExactly(directory.resolve("SQLite/V1__a.sql").toString());
    }

    @Test
    void aReplacedScriptTakesItsSettingsAlong() {
        EngineScripts scripts = scripts("classpath:db/layout");

        assertThat(scripts.getResource("V2__b.sql.conf")).isNull();
        assertThat(scripts.getResource("V1__a.sql")).isNotNull();
        assertThat(scripts.getResource("sqlite/V2__b.sql")).isNotNull();
    }

    @Test
    void choosesAmongJavaMigrationsToo() {
        assertThat(scripts("classpath:dev/dovetail/migration/scripts").getClasses())
                .containsExactlyInAnyOrder(V1__Common.class, V2__Replaced.class, V3__Mine.class);
    }

    @Test
    void withoutFoldersOfEnginesItIsFlywaysScanner(@TempDir Path directory) {
        new Scripts(directory)
                .with("V1__a.sql", "-- a")
                .with("deep/er/V2__b.sql", "-- b")
                .with("B1__c.sql", "-- c");
        FluentConfiguration configuration = Flyway.configure().locations("filesystem:" + directory);
        Scanner<JavaMigration> flyways =
                new Scanner<>(JavaMigration.class, configuration, configuration.getLocations());
        EngineScripts ours = new EngineScripts(configuration, FOLDERS);

        for (String prefix : List.of("V", "B", "")) {
            assertThat(paths(ours.getResources(prefix, SQL)))
                    .containsExactlyInAnyOrderElementsOf(paths(flyways.getResources(prefix, SQL)));
        }
    }

    @Test
    void locationsMayStillChangeBeforeTheFirstUse() {
        FluentConfiguration configuration = Flyway.configure().locations("classpath:nowhere");
        EngineScripts scripts = new EngineScripts(configuration, FOLDERS);
        configuration.locations("classpath:db/layout");

        assertThat(paths(scripts)).isNotEmpty();
    }

    @Test
    void aMissingLocationFailsIfAskedTo() {
        FluentConfiguration configuration =
                Flyway.configure().locations("classpath:nowhere").failOnMissingLocations(true);

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> paths(new EngineScripts(configuration, FOLDERS)));
        assertThat(paths(scripts("classpath:nowhere"))).isEmpty();
    }

    @Test
    void theListingForNativeImagesFindsWhatFlywayFinds() {
        FluentConfiguration configuration = Flyway.configure().locations("classpath:db/layout");
        Collection<LoadableResource> flyways =
                new Scanner<>(JavaMigration.class, configuration, configuration.getLocations()).getResources("V", SQL);

        List<LoadableResource> listed = ClassPathListing.of(configuration.getLocations()[0], configuration);

        assertThat(listed).extracting(LoadableResource::getAbsolutePath).containsAll(paths(flyways));
        assertThat(listed).extracting(LoadableResource::getRelativePath).contains("sqlite/V3__mine.sql");
    }

    @Test
    void aResourceProviderOfTheApplicationStays() {
        FluentConfiguration configuration = Flyway.configure();
        EngineScripts own = new EngineScripts(configuration, FOLDERS);
        configuration.resourceProvider(own).javaMigrationClassProvider(own);

        new PortableMigrations(TestEngine.SQLITE, Set.of()).configure(configuration);

        assertThat(configuration.getResourceProvider()).isSameAs(own);
        assertThat(configuration.getJavaMigrationClassProvider()).isSameAs(own);
    }

    private static EngineScripts scripts(String... locations) {
        return new EngineScripts(Flyway.configure().locations(locations), FOLDERS);
    }

    private static List<String> paths(EngineScripts scripts) {
        return paths(scripts.getResources("", SQL));
    }

    private static List<String> paths(Collection<LoadableResource> resources) {
        return resources.stream().map(LoadableResource::getAbsolutePath).toList();
    }
}

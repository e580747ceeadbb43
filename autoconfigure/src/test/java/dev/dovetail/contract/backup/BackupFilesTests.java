package dev.dovetail.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.backup.BackupException;
import dev.dovetail.backup.BackupException.Reason;
import dev.dovetail.backup.BackupReport;
import dev.dovetail.backup.Backups;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the directory: what is changed in it, who may read it, how long it stays, and what leads out of it. */
class BackupFilesTests {

    private static final String OLD_KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String NEW_KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private static final String SECRET = "what nobody else may read";
    private static final int FLIPS = 60;

    @TempDir
    private Path directory;

    private Map<String, String> database = Map.of();
    // Each test starts it, with properties of its own.
    @SuppressWarnings("NullAway.Init")
    private TestApplication application;

    private void start(TestEngine engine, String... more) {
        if (database.isEmpty()) {
            database = DumpableDatabase.fresh(engine);
        }
        List<String> properties = new ArrayList<>(
                List.of("dovetail.backup.directory=" + directory.resolve("backups"), "logging.level.dev.dovetail=off"));
        properties.addAll(List.of(more));
        application = TestApplication.with(database, properties.toArray(String[]::new));
        application.template().execute("CREATE TABLE IF NOT EXISTS item (id integer PRIMARY KEY, name varchar(100))");
        application.template().update("INSERT INTO item VALUES (1, ?) ON CONFLICT DO NOTHING", SECRET);
    }

    private void restart(String... properties) {
        application.close();
        start(TestEngine.SQLITE, properties);
    }

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
        }
    }

    private Backups backups() {
        return application.bean(Backups.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE, false, false, .db",
        "SQLITE, true, false, .db.gz",
        "SQLITE, false, true, .db.enc",
        "SQLITE, true, true, .db.gz.enc",
        "POSTGRESQL, true, false, .dump",
        "POSTGRESQL, true, true, .dump.enc"
    })
    void aFlippedByteAnywhereIsFound(TestEngine engine, boolean compress, boolean encrypt, String ending)
            throws IOException {
        start(
                engine,
                "spring.application.name=flip/per",
                "dovetail.backup.compress=" + compress,
                "dovetail.backup.encrypt=" + encrypt,
                "dovetail.encryption.active-key=old",
                "dovetail.encryption.keys.old=" + OLD_KEY);
        BackupReport backup = application.database().backup();
        assertThat(backup.name()).matches("flip_per-\\d{8}T\\d{9}Z" + ending.replace(".", "\\."));
        assertThat(Files.size(backup.path())).isEqualTo(backup.size());
        boolean isPlain = !compress && !encrypt;
        assertThat(contains(backup.path(), SECRET)).as("to be read in the file").isEqualTo(isPlain);
        assertThat(backups().verify(backup.name()).problem()).isNull();

        Random random = new Random(7);
        for (int i = 0; i < FLIPS; i++) {
            assertFlipIsFound(backup, backup.path(), random);
            assertFlipIsFound(backup, backup.path().resolveSibling(backup.name() + ".json"), random);
        }
        assertThat(backups().verify(backup.name()).verified())
                .as("when all is as it was")
                .isTrue();
    }

    private static boolean contains(Path file, String text) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    }

    private void assertFlipIsFound(BackupReport backup, Path file, Random random) throws IOException {
        byte[] original = Files.readAllBytes(file);
        byte[] changed = original.clone();
        int place = random.nextInt(changed.length);
        changed[place] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, changed);

        BackupReport found = backups().verify(backup.name());
        assertThat(found.verified())
                .as("byte %d of %s", place, file.getFileName())
                .isFalse();
        assertThat(found.problem()).isNotBlank();
        assertThat(backups().list()).extracting(BackupReport::verified).containsExactly(false);
        assertThatThrownBy(() -> backups().restore(backup.name())).isInstanceOf(BackupException.class);

        Files.write(file, original);
    }

    @Test
    void onlyTheOwnerMayReadThem() throws IOException {
        start(TestEngine.SQLITE);
        backups().backup();

        try (Stream<Path> files = Files.list(directory.resolve("backups"))) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void keysMayRotateAsLongAsTheOldOneIsThere() {
        String[] withOld = {
            "dovetail.backup.encrypt=true",
            "dovetail.encryption.active-key=old",
            "dovetail.encryption.keys.old=" + OLD_KEY
        };
        start(TestEngine.SQLITE, withOld);
        BackupReport backup = backups().backup();
        assertThat(backup.key()).isEqualTo("old");

        String[] rotated = {
            "dovetail.backup.encrypt=true",
            "dovetail.encryption.active-key=new",
            "dovetail.encryption.keys.new=" + NEW_KEY,
            "dovetail.encryption.keys.old=" + OLD_KEY
        };
        restart(rotated);
        application.template().update("DELETE FROM item");
        assertThat(backups().backup().key()).isEqualTo("new");
        backups().restore(backup.name());
        assertThat(application.template().queryForObject("SELECT name FROM item", String.class))
                .isEqualTo(SECRET);

        restart("dovetail.encryption.keys.new=" + NEW_KEY);
        assertKeyIsMissed(backup.name(), "not among [new]");
        restart("dovetail.encryption.keys.old=" + NEW_KEY);
        assertKeyIsMissed(backup.name(), "not the key that it was encrypted with");
    }

    private void assertKeyIsMissed(String name, String message) {
        assertThatThrownBy(() -> backups().restore(name))
                .hasMessageContaining(message)
                .hasMessageContaining("dovetail.encryption.keys.old")
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEY));
        assertThat(backups().verify(name).verified()).isFalse();
    }

    @Test
    void theNewestStayAndNothingElseIsTouched() throws IOException {
        start(TestEngine.SQLITE, "dovetail.backup.keep-last=3");
        Path folder = Files.createDirectories(directory.resolve("backups"));
        Path foreign = Files.writeString(folder.resolve("letter.txt"), "dear");
        Path unknown = Files.writeString(folder.resolve("app-20200101T000000000Z.db"), "no manifest");
        Path left = Files.writeString(folder.resolve(".dovetail-backup-left.partial"), "half");
        Path lonely = Files.writeString(folder.resolve("app-20200101T000000001Z.db.json"), "{}");
        Files.setLastModifiedTime(lonely, FileTime.from(Instant.now().minusSeconds(7_200)));

        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            made.add(backups().backup().name());
        }

        assertThat(backups().list().stream().filter(BackupReport::verified).map(BackupReport::name))
                .containsExactly(made.get(9), made.get(8), made.get(7));
        assertThat(List.of(foreign, unknown)).allMatch(Files::exists);
        assertThat(List.of(left, lonely)).noneMatch(Files::exists);
        assertThat(folder.toFile().list()).hasSize(3 * 2 + 2 + 1);
    }

    @Test
    void thoseOfAnApplicationWhoseNameIsEmptyAreKnown() {
        start(TestEngine.SQLITE, "spring.application.name=", "dovetail.backup.keep-last=1");

        backups().backup();
        String newest = backups().backup().name();

        assertThat(backups().list()).extracting(BackupReport::name).containsExactly(newest);
    }

    @Test
    void whatRootMakesBelongsToTheOwnerOfTheDirectory() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("backups"));
        Assumptions.assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "only root can give files away");
        Files.setAttribute(folder, "unix:uid", 1234);
        start(TestEngine.SQLITE, "dovetail.backup.compress=true");

        backups().backup();

        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                assertThat(Files.getAttribute(each, "unix:uid"))
                        .as(each.toString())
                        .isEqualTo(1234);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/x",
                "/etc/passwd",
                "..",
                "",
                "a/../app-20260101T000000000Z.db",
                "app-20260101T000000000Z.db/..",
                "app-20260101T000000000Z.db.json",
                "%2e%2e%2fapp-20260101T000000000Z.db",
                "app-20260101T000000000Z.db\u0000.txt"
            })
    void noNameLeadsOutOfTheDirectory(String name) {
        start(TestEngine.SQLITE);

        assertThatThrownBy(() -> backups().restore(name))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_NAME));
        assertThatThrownBy(() -> backups().verify(name)).isInstanceOf(BackupException.class);
    }

    @Test
    void aLinkIsNoBackup() throws IOException {
        start(TestEngine.SQLITE);
        BackupReport backup = backups().backup();
        Path link = backup.path().resolveSibling("app-20260101T000000000Z.db");
        Files.createSymbolicLink(link, backup.path());

        assertThatThrownBy(() -> backups().verify(String.valueOf(link.getFileName())))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThat(backups().list()).hasSize(1);
        assertThat(Arrays.asList(directory.resolve("backups").toFile().list())).contains(backup.name());
    }
}

package dev.dovetail.contract.backup;

import dev.dovetail.contract.TestEngine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.springframework.jdbc.core.JdbcTemplate;

/** Empty databases that this machine's programs can back up: {@code pg_dump} refuses a server that is newer than itself. */
public final class DumpableDatabase {

    private static final int OLDER_SERVER = 15;
    private static final int NEWEST_SERVER = 18;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres older;

    private DumpableDatabase() {}

    /** The properties with which an application uses a new one; skips the test where there is no program for it. */
    public static Map<String, String> fresh(TestEngine engine) {
        if (engine == TestEngine.SQLITE) {
            return engine.freshDatabase();
        }
        int client = newestClient();
        Assumptions.assumeTrue(client >= OLDER_SERVER, "no pg_dump of version 15 or newer is installed");
        return client >= NEWEST_SERVER ? engine.freshDatabase() : ofOlderServer();
    }

    private static synchronized Map<String, String> ofOlderServer() {
        try {
            if (older == null) {
                older = EmbeddedPostgres.builder()
                        .setPgBinaryResolver((system, hardware) -> binaries())
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "300")
                        .setLocaleConfig("locale", "C")
                        .start();
            }
            EmbeddedPostgres server = older;
            String name = "app_" + NUMBER.incrementAndGet();
            JdbcTemplate jdbc = new JdbcTemplate(server.getPostgresDatabase());
            jdbc.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password(name)));
            jdbc.execute("CREATE DATABASE %s OWNER %s".formatted(name, name));
            return Map.of(
                    "spring.datasource.url",
                    "jdbc:postgresql://localhost:" + server.getPort() + "/" + name,
                    "spring.datasource.username",
                    name,
                    "spring.datasource.password",
                    password(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // With what a file of passwords has to escape.
    private static String password(String name) {
        return "secret:of\\" + name;
    }

    private static InputStream binaries() throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("target/older-postgresql"), "*.jar")) {
            for (Path jar : jars) {
                try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
                    for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                        if (each.getName().endsWith(".txz")) {
                            return new ByteArrayInputStream(in.readAllBytes());
                        }
                    }
                }
            }
        }
        throw new IOException(
                "There is no archive of an older PostgreSQL in target/older-postgresql; mvn puts it there");
    }

    /** The newest version of {@code pg_dump} on this machine; 0 if there is none. */
    static int newestClient() {
        int newest = 0;
        Path debian = Path.of("/usr/lib/postgresql");
        for (int major = OLDER_SERVER; major < 2 * NEWEST_SERVER; major++) {
            if (Files.isExecutable(debian.resolve(major + "/bin/pg_dump"))) {
                newest = major;
            }
        }
        return Math.max(newest, onThePath());
    }

    private static int onThePath() {
        try {
            Process process = new ProcessBuilder("pg_dump", "--version").start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher major = Pattern.compile("\\) (\\d+)").matcher(version);
            return major.find() ? Integer.parseInt(major.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}

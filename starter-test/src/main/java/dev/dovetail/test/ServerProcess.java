package dev.dovetail.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server from the binaries, in a data directory of its own; stopped, killed and started again on the same port.
 *
 * <p>{@link EmbeddedPostgres} unpacks the binaries, finds a free port and gets along as root. It stands for one run of a
 * server; this class is the server over several runs. Thread-safe.
 */
final class ServerProcess {

    static final String SUPERUSER = "postgres";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** The superuser needs no password on this machine; every other role needs its own, as in production. */
    private static final List<String> WHO_MAY_ENTER = List.of(
            "host all " + SUPERUSER + " samehost trust",
            "host replication " + SUPERUSER + " samehost trust",
            "host all all samehost scram-sha-256");

    private final Map<String, String> settings;
    private @Nullable DataDirectory directory;
    private @Nullable EmbeddedPostgres running;
    private int port;

    ServerProcess(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * Starts it, the first time in a new data directory. Does nothing if it runs.
     *
     * @throws IOException if it did not answer within a minute
     * @throws RuntimeException if there are no binaries for this machine, or they do not run on it
     */
    synchronized void start() throws IOException {
        if (running != null) {
            return;
        }
        if (directory == null) {
            directory = DataDirectory.create();
        }
        running = start(directory);
        port = running.getPort();
    }

    private EmbeddedPostgres start(DataDirectory directory) throws IOException {
        Redirect log = Redirect.appendTo(directory.log().toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.data())
                .setCleanDataDirectory(false)
                .setDataDirectoryCustomizer(data -> writeAccess(data.toPath()))
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START_TIMEOUT)
                // A developer's own locale would otherwise decide in which language errors are reported.
                .setLocaleConfig("locale", "C")
                // Nobody here speaks over one, and a crashed server would leave one in the common temporary directory.
                .setServerConfig("unix_socket_directories", "")
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        settings.forEach(builder::setServerConfig);
        try {
            return builder.start();
        } catch (IOException | RuntimeException ex) {
            throw new IOException(ex.getMessage() + tail(directory.log()), ex);
        }
    }

    /** Stops it in order: transactions are rolled back, everything is on disk. Does nothing if it is down. */
    synchronized void stop() throws IOException {
        if (running == null || directory == null) {
            return;
        }
        Optional<Postmaster> postmaster = directory.postmaster();
        running.close();
        running = null;
        postmaster.ifPresent(Postmaster::awaitEnd);
    }

    /** Kills all its processes at once, as a crash would. Does nothing if it is down. */
    synchronized void kill() throws IOException {
        if (directory == null) {
            return;
        }
        Optional<Postmaster> postmaster = directory.postmaster();
        if (postmaster.isPresent()) {
            postmaster.get().kill();
        }
        // Closing the instance would ask a dead server to stop, and log its failure. All that closing would give
        // back is the lock on this file, and a lock goes with its file.
        Files.deleteIfExists(directory.data().resolve("epg-lock"));
        running = null;
    }

    /** Kills it and deletes its files. */
    synchronized void delete() {
        try {
            kill();
        } catch (IOException ex) {
            // The files go next; if that fails too, it says so.
        }
        if (directory != null) {
            directory.delete();
            directory = null;
        }
    }

    synchronized boolean isRunning() {
        return running != null && directory != null && directory.postmaster().isPresent();
    }

    synchronized int port() {
        return port;
    }

    ConnectionInfo superuser() {
        return ConnectionInfo.of("jdbc:postgresql://localhost:" + port() + "/postgres", SUPERUSER, "");
    }

    private static void writeAccess(Path data) {
        try {
            Files.write(data.resolve("pg_hba.conf"), WHO_MAY_ENTER);
        } catch (IOException ex) {
            throw new IllegalStateException("Could not write pg_hba.conf in " + data, ex);
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return "; the server's last words: "
                    + String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException ex) {
            return "";
        }
    }
}

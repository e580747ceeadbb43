package dev.dovetail.engine.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The environment in which PostgreSQL's own programs find the server that a plan describes, and may enter. */
final class DumpEnvironment {

    private static final Map<String, String> FROM_PARAMETERS = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "channelBinding", "PGCHANNELBINDING",
            "service", "PGSERVICE");
    // What the process was started with for another purpose.
    private static final List<String> NOT_INHERITED =
            List.of("PGPASSWORD", "PGHOSTADDR", "PGOPTIONS", "PGDATABASE", "PGUSER", "PGCLIENTENCODING");
    private static final String ROOT = "PGSSLROOTCERT";

    private final ConnectionPlan plan;
    private final boolean bundled;

    /** @param bundled whether the server is verified by certificates that only this process has */
    DumpEnvironment(ConnectionPlan plan, boolean bundled) {
        this.plan = plan;
        this.bundled = bundled;
    }

    /** A file that only its owner may read, with the password; null if there is none. */
    @Nullable
    Path passwordFile() throws IOException {
        String password = plan.url().password();
        if (password == null) {
            return null;
        }
        // Temporary files are their owner's only, as Java makes them.
        Path file = Files.createTempFile("dovetail-", ".pgpass");
        try {
            Files.writeString(file, "*:*:*:*:" + password.replace("\\", "\\\\").replace(":", "\\:") + "\n");
            return file;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    void applyTo(Map<String, String> environment, @Nullable Path passwords) throws IOException {
        NOT_INHERITED.forEach(environment::remove);
        PostgresqlUrl url = plan.url();
        if (!url.hosts().isEmpty()) {
            environment.put("PGHOST", joined(url, host -> host.name().replaceAll("[\\[\\]]", "")));
            environment.put("PGPORT", joined(url, host -> String.valueOf(host.port())));
            environment.put("PGTARGETSESSIONATTRS", "read-write");
        }
        put(environment, "PGDATABASE", url.database().isEmpty() ? url.username() : url.database());
        put(environment, "PGUSER", url.username());
        put(environment, "PGPASSFILE", passwords == null ? null : passwords.toString());
        FROM_PARAMETERS.forEach(
                (name, variable) -> put(environment, variable, url.parameters().get(name)));
        if (bundled) {
            environment.put("PGSSLMODE", "verify-full");
            if (!environment.containsKey(ROOT)) {
                throw new IOException(
                        "The server is verified by an SSL bundle, which pg_dump cannot use. Set the environment"
                                + " variable PGSSLROOTCERT to the file of its certificate authority.");
            }
        }
        environment.put("PGAPPNAME", "dovetail-backup");
        environment.put("PGCONNECT_TIMEOUT", "10");
        environment.put("LC_ALL", "C");
    }

    private interface Part {
        String of(PostgresqlUrl.Host host);
    }

    private static String joined(PostgresqlUrl url, Part part) {
        return url.hosts().stream().map(part::of).collect(Collectors.joining(","));
    }

    private static void put(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }
}

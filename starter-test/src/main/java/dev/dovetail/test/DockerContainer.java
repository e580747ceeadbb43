package dev.dovetail.test;

import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A container, where a Docker engine answers. */
final class DockerContainer implements PostgresSource {

    private static final String IMAGE = "postgres:18";

    private final DockerProbe probe;

    DockerContainer(DockerProbe probe) {
        this.probe = probe;
    }

    @Override
    public Attempt attempt() {
        Optional<String> whyNot = probe.whyNot();
        if (whyNot.isPresent()) {
            return new Unavailable(whyNot.get());
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return new Unavailable("something listens where Docker would, but Testcontainers cannot use it");
        }
        return start();
    }

    private static Attempt start() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE).withCommand(command());
        try {
            container.start();
        } catch (RuntimeException ex) {
            return new Unavailable(IMAGE + " did not start in Docker: " + ex.getMessage(), ex);
        }
        ConnectionInfo superuser =
                ConnectionInfo.of(container.getJdbcUrl(), container.getUsername(), container.getPassword());
        return new Started(superuser, "in a container of " + IMAGE + " on port " + superuser.port(), container::stop);
    }

    private static String[] command() {
        StringBuilder command = new StringBuilder("postgres");
        ServerSettings.SHARED.forEach(
                (name, value) -> command.append(" -c ").append(name).append('=').append(value));
        return command.toString().split(" ");
    }
}

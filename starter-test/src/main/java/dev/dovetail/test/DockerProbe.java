package dev.dovetail.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything listens where a Docker engine would.
 *
 * <p>Testcontainers' own search takes seconds and logs a page of stack traces where there is no engine; this one takes
 * milliseconds, and only its yes is worth that search.
 */
final class DockerProbe {

    private static final int CONNECT_TIMEOUT_MILLIS = 1000;

    private final Map<String, String> environment;
    private final Path home;
    private final List<Path> systemSockets;

    DockerProbe(Map<String, String> environment, Path home, List<Path> systemSockets) {
        this.environment = environment;
        this.home = home;
        this.systemSockets = systemSockets;
    }

    static DockerProbe ofThisMachine() {
        return new DockerProbe(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                List.of(Path.of("/var/run/docker.sock"), Path.of("//./pipe/docker_engine")));
    }

    /** Why no engine can be there; empty if one may be. */
    Optional<String> whyNot() {
        String configured = configuredHost();
        if (configured != null) {
            return answers(configured)
                    ? Optional.empty()
                    : Optional.of("no Docker engine answers at the configured " + configured);
        }
        return sockets().stream().anyMatch(DockerProbe::listens)
                ? Optional.empty()
                : Optional.of("no Docker engine (no DOCKER_HOST, nothing listens at " + systemSockets.get(0) + ")");
    }

    private @Nullable String configuredHost() {
        String host = environment.get("DOCKER_HOST");
        return host != null && !host.isBlank()
                ? host
                : testcontainersProperties().getProperty("docker.host");
    }

    private Properties testcontainersProperties() {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve(".testcontainers.properties"))) {
            properties.load(in);
        } catch (IOException ex) {
            // There is none, which is the usual case.
        }
        return properties;
    }

    /** Docker Desktop and rootless engines keep their sockets in the user's own directories. */
    private List<Path> sockets() {
        List<Path> sockets = new ArrayList<>(systemSockets);
        sockets.add(home.resolve(".docker/run/docker.sock"));
        sockets.add(home.resolve(".docker/desktop/docker.sock"));
        String runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime != null) {
            sockets.add(Path.of(runtime, "docker.sock"));
        }
        return sockets;
    }

    private static boolean answers(String host) {
        URI uri = URI.create(host);
        if ("unix".equals(uri.getScheme())) {
            return listens(Path.of(uri.getPath()));
        }
        // Named pipes and ssh cannot be tried cheaply: let Testcontainers find out.
        return uri.getHost() == null || uri.getPort() < 0 || listens(uri.getHost(), uri.getPort());
    }

    private static boolean listens(Path socket) {
        if (!Files.exists(socket)) {
            return false;
        }
        if (socket.toString().contains("pipe")) {
            return true;
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException ex) {
            return false;
        }
    }

    private static boolean listens(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException ex) {
            return false;
        }
    }
}

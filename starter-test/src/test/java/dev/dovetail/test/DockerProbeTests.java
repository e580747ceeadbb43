package dev.dovetail.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.test.PostgresSource.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerProbeTests {

    @TempDir
    Path home;

    private Path socket;

    @BeforeEach
    void nameASocket() {
        socket = home.resolve("docker.sock");
    }

    @Test
    void withoutASocketThereIsNoEngineAndThatIsKnownAtOnce() {
        DockerContainer container = new DockerContainer(probe(Map.of()));
        long start = System.nanoTime();
        assertThat(container.attempt()).isInstanceOf(Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aSocketFileBehindWhichNobodyListensIsNoEngine() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        assertThat(probe(Map.of()).whyNot()).isPresent();
    }

    @Test
    void aListeningSocketMayBeAnEngine() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThat(probe(Map.of()).whyNot()).isEmpty();
            assertThat(probe(Map.of("DOCKER_HOST", "unix://" + socket)).whyNot())
                    .isEmpty();
        }
    }

    @Test
    void aConfiguredHostGoesBeforeTheUsualSockets() throws IOException {
        int closed;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = server.getLocalPort();
            assertThat(probe(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + closed)).whyNot())
                    .isEmpty();
        }
        String host = "tcp://127.0.0.1:" + closed;
        assertThat(probe(Map.of("DOCKER_HOST", host)).whyNot())
                .hasValueSatisfying(why -> assertThat(why).contains(host));
        Files.writeString(home.resolve(".testcontainers.properties"), "docker.host=" + host);
        assertThat(probe(Map.of()).whyNot())
                .hasValueSatisfying(why -> assertThat(why).contains(host));
    }

    private DockerProbe probe(Map<String, String> environment) {
        return new DockerProbe(environment, home, List.of(socket));
    }
}

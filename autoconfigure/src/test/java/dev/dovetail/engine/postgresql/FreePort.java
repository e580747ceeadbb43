package dev.dovetail.engine.postgresql;

import java.io.IOException;
import java.net.ServerSocket;

/** A port on which nothing listens. */
final class FreePort {

    private FreePort() {}

    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

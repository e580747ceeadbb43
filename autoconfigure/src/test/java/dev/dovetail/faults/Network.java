package dev.dovetail.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between the application and a server, which can be cut: nothing is refused, nothing arrives any more. */
final class Network implements AutoCloseable {

    private static final int CHUNK = 8192;

    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final String host;
    private final int port;
    private boolean cut;

    Network(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        start("network", () -> {
            while (!entrance.isClosed()) {
                connect(entrance.accept());
            }
        });
    }

    /** The port at which it stands for the server. */
    int port() {
        return entrance.getLocalPort();
    }

    synchronized void cut() {
        cut = true;
    }

    /** What was on its way arrives after all. */
    synchronized void restore() {
        cut = false;
        notifyAll();
    }

    private synchronized void awaitPassage() throws InterruptedException {
        while (cut) {
            wait();
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(host, port);
        sockets.add(client);
        sockets.add(server);
        start("network-there", () -> forward(client, server));
        start("network-back", () -> forward(server, client));
    }

    private void forward(Socket from, Socket to) throws IOException, InterruptedException {
        try (from;
                to;
                InputStream input = from.getInputStream();
                OutputStream output = to.getOutputStream()) {
            byte[] chunk = new byte[CHUNK];
            for (int length = input.read(chunk); length >= 0; length = input.read(chunk)) {
                awaitPassage();
                output.write(chunk, 0, length);
            }
            awaitPassage();
        }
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void start(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // One of the two ends has closed; so has the other.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        restore();
    }
}

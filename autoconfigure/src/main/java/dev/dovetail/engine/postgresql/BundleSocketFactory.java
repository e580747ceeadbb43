package dev.dovetail.engine.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Hands the socket factory of an SSL bundle to the driver, which takes only the name of a class and a text.
 *
 * <p>Public because the driver creates it by reflection; not for use by applications. The text is a random id under which
 * the factory waits in a registry for as long as its connections are open to be made. Safe for use by several threads.
 */
public final class BundleSocketFactory extends SSLSocketFactory {

    private static final Map<String, SSLSocketFactory> FACTORIES = new ConcurrentHashMap<>();

    private final SSLSocketFactory bundle;

    /**
     * @param id what {@link #register} returned
     * @throws IllegalStateException if nothing is registered under it
     */
    public BundleSocketFactory(String id) {
        SSLSocketFactory registered = FACTORIES.get(id);
        if (registered == null) {
            throw new IllegalStateException("The connections this SSL bundle belonged to are closed");
        }
        this.bundle = registered;
    }

    /** Keeps the factory until it is {@linkplain #release released}; returns its id. */
    static String register(SSLSocketFactory factory) {
        String id = UUID.randomUUID().toString();
        FACTORIES.put(id, factory);
        return id;
    }

    static void release(@Nullable String id) {
        if (id != null) {
            FACTORIES.remove(id);
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return bundle.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return bundle.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return bundle.createSocket();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return bundle.createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return bundle.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return bundle.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return bundle.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return bundle.createSocket(address, port, localAddress, localPort);
    }
}

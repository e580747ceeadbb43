package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ConnectionRole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * How to open one kind of connection: where, with which driver properties, and which settings its session then has.
 *
 * @param url the server, without anything else
 * @param properties for the driver, credentials among them: never to be printed
 * @param expected the session's settings, by their names in the server
 */
record ConnectionPlan(PostgresqlUrl url, Map<String, String> properties, Map<String, String> expected) {

    /** On top of the statement timeout, so that the server's word comes first and a dead network still ends the wait. */
    private static final long SOCKET_GRACE_SECONDS = 10;

    /** Only inside a transaction; keeps large results out of memory. */
    private static final String FETCH_SIZE = "1000";

    static ConnectionPlan of(
            PostgresqlUrl url,
            ConnectionRole role,
            String applicationName,
            PostgresqlSettings settings,
            @Nullable String socketFactoryId) {
        String name = ApplicationName.fitted(applicationName);
        Map<String, String> own = own(url, role);
        SessionOptions options = SessionOptions.of(settings, role, own.remove(PGProperty.OPTIONS.getName()));

        Map<String, String> properties = new LinkedHashMap<>(driverDefaults(name));
        properties.putAll(byHosts(url, role));
        properties.putAll(tls(socketFactoryId));
        properties.putAll(socketTimeout(role, options));
        properties.putAll(own);
        properties.put(PGProperty.OPTIONS.getName(), options.text());
        putCredentials(url, properties);
        return new ConnectionPlan(url, properties, expected(options, properties));
    }

    /** What the URL says, without what would stop a migration. */
    private static Map<String, String> own(PostgresqlUrl url, ConnectionRole role) {
        Map<String, String> own = url.properties();
        if (role == ConnectionRole.MAINTENANCE) {
            own.remove(PGProperty.SOCKET_TIMEOUT.getName());
            own.remove(PGProperty.QUERY_TIMEOUT.getName());
        }
        return own;
    }

    private static Map<String, String> driverDefaults(String applicationName) {
        return Map.ofEntries(
                value(PGProperty.APPLICATION_NAME, applicationName),
                // From 9.0 on the name travels with the start-up, saves a round trip and survives DISCARD ALL.
                value(PGProperty.ASSUME_MIN_SERVER_VERSION, "12"),
                value(PGProperty.CONNECT_TIMEOUT, "5"),
                value(PGProperty.LOGIN_TIMEOUT, "10"),
                value(PGProperty.CANCEL_SIGNAL_TIMEOUT, "2"),
                value(PGProperty.TCP_KEEP_ALIVE, "true"),
                value(PGProperty.REWRITE_BATCHED_INSERTS, "true"),
                value(PGProperty.DEFAULT_ROW_FETCH_SIZE, FETCH_SIZE),
                value(PGProperty.FLUSH_CACHE_ON_DDL, "true"),
                // Details, and the text of a failed batch, hold the values of rows.
                value(PGProperty.LOG_SERVER_ERROR_DETAIL, "false"));
    }

    private static Map<String, String> byHosts(PostgresqlUrl url, ConnectionRole role) {
        if (url.hosts().size() < 2) {
            return Map.of();
        }
        return role == ConnectionRole.READER
                ? Map.ofEntries(
                        value(PGProperty.TARGET_SERVER_TYPE, "preferSecondary"),
                        value(PGProperty.LOAD_BALANCE_HOSTS, "true"))
                : Map.ofEntries(value(PGProperty.TARGET_SERVER_TYPE, "primary"));
    }

    /** The driver checks the host's name by itself whenever the mode is verify-full, whatever factory made the socket. */
    private static Map<String, String> tls(@Nullable String socketFactoryId) {
        return socketFactoryId == null
                ? Map.of()
                : Map.ofEntries(
                        value(PGProperty.SSL_MODE, "verify-full"),
                        value(PGProperty.SSL_FACTORY, BundleSocketFactory.class.getName()),
                        value(PGProperty.SSL_FACTORY_ARG, socketFactoryId));
    }

    private static Map<String, String> socketTimeout(ConnectionRole role, SessionOptions options) {
        if (role == ConnectionRole.MAINTENANCE) {
            return Map.of();
        }
        return Optional.ofNullable(options.values().get(SessionOptions.STATEMENT_TIMEOUT))
                .flatMap(timeout -> Quantity.in("ms", timeout))
                .filter(millis -> millis.signum() > 0)
                .map(millis -> (millis.longValue() + 999) / 1000 + SOCKET_GRACE_SECONDS)
                .map(seconds -> Map.ofEntries(value(PGProperty.SOCKET_TIMEOUT, String.valueOf(seconds))))
                .orElse(Map.of());
    }

    private static void putCredentials(PostgresqlUrl url, Map<String, String> properties) {
        if (url.username() != null) {
            properties.put(PGProperty.USER.getName(), url.username());
        }
        if (url.password() != null) {
            properties.put(PGProperty.PASSWORD.getName(), url.password());
        }
    }

    private static Map<String, String> expected(SessionOptions options, Map<String, String> properties) {
        Map<String, String> expected = new LinkedHashMap<>(options.values());
        String name = properties.get(PGProperty.APPLICATION_NAME.getName());
        expected.put(ServerSettings.APPLICATION_NAME, name == null ? "" : name);
        return expected;
    }

    private static Map.Entry<String, String> value(PGProperty property, String value) {
        return Map.entry(property.getName(), value);
    }

    /** Fresh ones for each connection, as the driver may keep them. */
    Properties driverProperties() {
        Properties driverProperties = new Properties();
        driverProperties.putAll(properties);
        return driverProperties;
    }

    @Override
    public String toString() {
        return "ConnectionPlan[" + url.address() + "]";
    }
}

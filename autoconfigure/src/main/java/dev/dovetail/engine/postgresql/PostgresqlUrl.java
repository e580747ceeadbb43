package dev.dovetail.engine.postgresql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and what its URL said besides, taken apart so that no part we keep in a text holds a secret.
 *
 * @param hosts at least one, unless the parameter {@code service} names them
 * @param database empty if the URL names none: the driver then takes the user's name
 * @param username from the URL, if any
 * @param password from the URL, if any
 * @param parameters all other connection properties the URL sets, under the driver's names
 */
record PostgresqlUrl(
        List<Host> hosts,
        String database,
        @Nullable String username,
        @Nullable String password,
        Map<String, String> parameters) {

    private static final String SERVICE = "service";

    PostgresqlUrl {
        hosts = List.copyOf(hosts);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** One server; an IPv6 address stands in brackets. */
    record Host(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    /** Whether {@link #parse} understands the scheme. */
    static boolean accepts(String url) {
        return PostgresqlUrlParser.accepts(url);
    }

    /** @throws IllegalArgumentException if the URL cannot be read; its message repeats nothing of the URL */
    static PostgresqlUrl parse(String url) {
        return PostgresqlUrlParser.parse(url);
    }

    /**
     * The URL for the driver: hosts and database only. Parameters travel as properties, because the driver logs its URL,
     * and lets the URL win over every property.
     */
    String jdbcUrl() {
        String service = parameters.get(SERVICE);
        return "jdbc:postgresql:" + path() + (service == null ? "" : "?service=" + encode(service));
    }

    private String path() {
        if (hosts.isEmpty()) {
            return database.isEmpty() ? "///" : encode(database);
        }
        return "//" + hostList() + "/" + encode(database);
    }

    /** Host, port and database, for messages. */
    String address() {
        return (hosts.isEmpty() ? "service " + parameters.get(SERVICE) : hostList()) + "/" + database;
    }

    /** The parameters the driver takes as properties. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>(parameters);
        properties.remove(SERVICE);
        return properties;
    }

    /** The same server and parameters with what {@code primary} says about user, password and database, where this is silent. */
    PostgresqlUrl completedBy(PostgresqlUrl primary) {
        String database = this.database.isEmpty() ? primary.database : this.database;
        return username != null || password != null
                ? new PostgresqlUrl(hosts, database, username, password, parameters)
                : new PostgresqlUrl(hosts, database, primary.username, primary.password, parameters);
    }

    /** The same, as this user. */
    PostgresqlUrl as(@Nullable String username, @Nullable String password) {
        return new PostgresqlUrl(
                hosts,
                database,
                username != null ? username : this.username,
                password != null ? password : this.password,
                parameters);
    }

    /** The same but for its hosts. */
    PostgresqlUrl at(List<Host> hosts) {
        return new PostgresqlUrl(hosts, database, username, password, parameters);
    }

    private String hostList() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "PostgresqlUrl[" + address() + "]";
    }
}

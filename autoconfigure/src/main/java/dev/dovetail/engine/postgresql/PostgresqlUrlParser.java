package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.postgresql.PostgresqlUrl.Host;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code jdbc:postgresql:}, {@code postgres://} and {@code postgresql://}.
 *
 * <p>Messages repeat nothing of the URL: in a malformed one anything may be a piece of the password.
 */
final class PostgresqlUrlParser {

    private static final String JDBC = "jdbc:postgresql:";
    private static final List<String> SCHEMES = List.of(JDBC, "postgres:", "postgresql:");
    private static final int DEFAULT_PORT = 5432;
    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    private static final Pattern HOST_NAME = Pattern.compile("\\[[0-9A-Fa-f:.]+(%[\\w.-]+)?]|[^\\s:@/?#\\[\\]]+");

    private final boolean jdbc;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private List<Host> hosts = List.of();
    private String database = "";
    private @Nullable String username;
    private @Nullable String password;

    private PostgresqlUrlParser(boolean jdbc) {
        this.jdbc = jdbc;
    }

    static boolean accepts(String url) {
        return url.startsWith(JDBC) || url.startsWith("postgres://") || url.startsWith("postgresql://");
    }

    static PostgresqlUrl parse(String url) {
        if (!accepts(url)) {
            throw new IllegalArgumentException(
                    "A PostgreSQL URL begins with jdbc:postgresql://, postgres:// or postgresql://");
        }
        return new PostgresqlUrlParser(url.startsWith(JDBC)).read(withoutScheme(url));
    }

    private static String withoutScheme(String url) {
        return SCHEMES.stream()
                .filter(url::startsWith)
                .map(scheme -> url.substring(scheme.length()))
                .findFirst()
                .orElseThrow();
    }

    private PostgresqlUrl read(String rest) {
        int query = rest.indexOf('?');
        readServer(query < 0 ? rest : rest.substring(0, query));
        readParameters(query < 0 ? "" : rest.substring(query + 1));
        adoptPlaceParameters();
        if (hosts.isEmpty() && !parameters.containsKey("service")) {
            hosts = List.of(new Host("localhost", DEFAULT_PORT));
        }
        return new PostgresqlUrl(hosts, database, username, password, parameters);
    }

    private void readServer(String server) {
        if (server.startsWith("//")) {
            int slash = server.indexOf('/', 2);
            readAuthority(server.substring(2, slash < 0 ? server.length() : slash));
            readDatabase(slash < 0 ? "" : server.substring(slash + 1));
        } else {
            readDatabase(server);
        }
    }

    private void readAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            readCredentials(authority.substring(0, at));
        }
        String places = authority.substring(at + 1);
        if (!places.isEmpty()) {
            hosts = readHosts(places.split(",", -1));
        }
    }

    private void readCredentials(String credentials) {
        int colon = credentials.indexOf(':');
        username = emptyAsNull(decode(colon < 0 ? credentials : credentials.substring(0, colon), true));
        password = colon < 0 ? null : decode(credentials.substring(colon + 1), true);
    }

    private void readDatabase(String text) {
        if (text.indexOf('/') >= 0 || text.indexOf('@') >= 0) {
            throw new IllegalArgumentException("The PostgreSQL URL has a '/' or '@' in the name of the database;"
                    + " percent-encode special characters of user, password and database (%2F for '/', %40 for '@')");
        }
        database = decode(text, !jdbc);
    }

    private static List<Host> readHosts(String[] places) {
        List<Host> hosts = new ArrayList<>();
        for (String place : places) {
            int colon = place.lastIndexOf(':');
            boolean hasPort = colon >= 0 && place.lastIndexOf(']') < colon;
            hosts.add(hasPort ? host(place.substring(0, colon), place.substring(colon + 1)) : host(place, ""));
        }
        return hosts;
    }

    private static Host host(String encodedName, String port) {
        // The zone of an IPv6 address begins with a bare percent sign.
        String name = encodedName.startsWith("[") ? encodedName : decode(encodedName, true);
        if (name.startsWith("/")) {
            throw new IllegalArgumentException("The PostgreSQL URL names a Unix socket as host;"
                    + " the JDBC driver reaches servers by TCP only: name host and port");
        }
        if (!name.isEmpty() && !HOST_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The PostgreSQL URL has no valid host name between '//' and '/'");
        }
        return new Host(name.isEmpty() ? "localhost" : name, port(port));
    }

    private static int port(String text) {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("The PostgreSQL URL has a port that is not a number from 1 to 65535;"
                + " if it stands in the password, percent-encode the password's special characters");
    }

    private void readParameters(String query) {
        for (String token : query.split("&")) {
            if (!token.isEmpty()) {
                int equals = token.indexOf('=');
                String name = equals < 0 ? token : token.substring(0, equals);
                readParameter(name, equals < 0 ? "" : decode(token.substring(equals + 1), !jdbc));
            }
        }
    }

    private void readParameter(String name, String value) {
        if (!PARAMETER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The PostgreSQL URL has a parameter without a proper name after '?';"
                    + " percent-encode special characters of user, password and parameters (%3F for '?', %26 for '&')");
        }
        switch (name) {
            case "user" -> username = emptyAsNull(value);
            case "password" -> password = value;
            default -> readOther(name, value);
        }
    }

    private void readOther(String name, String value) {
        if (jdbc) {
            parameters.put(name, value);
        } else {
            LibpqParameters.translate(name, value, parameters);
        }
    }

    /** Both the driver and libpq let parameters name the place, and let them win. */
    private void adoptPlaceParameters() {
        String host = removeEither("host", "PGHOST");
        String port = removeEither("port", "PGPORT");
        String name = removeEither("dbname", "PGDBNAME");
        if (host != null || port != null) {
            hosts = placedAt(host, port);
        }
        if (name != null) {
            database = name;
        }
    }

    private List<Host> placedAt(@Nullable String hostList, @Nullable String portList) {
        String[] names = hostList != null
                ? hostList.split(",", -1)
                : hosts.stream().map(Host::name).toArray(String[]::new);
        if (names.length == 0) {
            names = new String[] {"localhost"};
        }
        String[] ports = portList != null ? portList.split(",", -1) : new String[0];
        List<Host> placed = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            placed.add(host(bracketed(names[i]), portOf(ports, i)));
        }
        return placed;
    }

    private String portOf(String[] ports, int index) {
        if (ports.length == 1) {
            return ports[0];
        }
        if (index < ports.length) {
            return ports[index];
        }
        return index < hosts.size() ? String.valueOf(hosts.get(index).port()) : "";
    }

    private static String bracketed(String name) {
        return name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    }

    private @Nullable String removeEither(String name, String driverName) {
        String byName = parameters.remove(name);
        String byDriverName = parameters.remove(driverName);
        return byDriverName != null ? byDriverName : byName;
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** @param plusIsPlus the driver reads '+' as a space, libpq as itself */
    private static String decode(String text, boolean plusIsPlus) {
        try {
            return URLDecoder.decode(plusIsPlus ? text.replace("+", "%2B") : text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Without its cause, whose message repeats what could not be decoded.
            throw new IllegalArgumentException(
                    "The PostgreSQL URL has a '%' that does not begin an encoded character; write %25 for '%'");
        }
    }
}

package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which product speaks the protocol.
 *
 * @param flavour {@code PostgreSQL}, {@code CockroachDB}, {@code YugabyteDB}, {@code Citus} or {@code Aurora}
 * @param version its own number
 */
record ServerProduct(String flavour, String version) {

    private static final String POSTGRESQL = "PostgreSQL";

    /** For example "PostgreSQL 18.1 on x86_64…", "PostgreSQL 11.2-YB-2.18.0.0-b0 on…", "CockroachDB CCL v23.1.11 (…". */
    private static final Pattern VERSION = Pattern.compile("^(?:PostgreSQL|CockroachDB\\s+\\w+)\\s+v?([^\\s,]+)");

    private static final String HAS_CITUS = "SELECT 1 FROM pg_extension WHERE extname = 'citus'";
    private static final String HAS_AURORA = "SELECT 1 FROM pg_proc WHERE proname = 'aurora_version'";

    static ServerProduct of(Connection connection) throws SQLException {
        String text = String.valueOf(ServerQuery.text(connection, "SELECT version()"));
        String flavour = flavour(text);
        return new ServerProduct(flavour.equals(POSTGRESQL) ? extended(connection) : flavour, versionIn(text));
    }

    static String flavour(String version) {
        if (version.contains("CockroachDB")) {
            return "CockroachDB";
        }
        return version.contains("-YB-") || version.contains("Yugabyte") ? "YugabyteDB" : POSTGRESQL;
    }

    static String versionIn(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.find() ? matcher.group(1) : version;
    }

    /** These call themselves PostgreSQL. */
    private static String extended(Connection connection) {
        if (ServerQuery.textOrNull(connection, HAS_CITUS) != null) {
            return "Citus";
        }
        return ServerQuery.textOrNull(connection, HAS_AURORA) != null ? "Aurora" : POSTGRESQL;
    }
}

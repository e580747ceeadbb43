package dev.dovetail.engine.postgresql;

import java.util.Map;

/** Parameters of {@code postgres://} URLs, which are libpq's, in the words of the JDBC driver. */
final class LibpqParameters {

    private static final Map<String, String> NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding",
            "require_auth", "requireAuth",
            "sslnegotiation", "sslNegotiation",
            "gssencmode", "gssEncMode",
            "krbsrvname", "kerberosServerName");

    private LibpqParameters() {}

    /** Puts the parameter under the driver's name; one both know alike, or the driver does not know, keeps its own. */
    static void translate(String name, String value, Map<String, String> parameters) {
        switch (name) {
            case "target_session_attrs" -> parameters.put("targetServerType", serverType(value));
            case "load_balance_hosts" -> parameters.put("loadBalanceHosts", String.valueOf(value.equals("random")));
            case "keepalives" -> parameters.put("tcpKeepAlive", String.valueOf(!value.equals("0")));
            default -> parameters.put(NAMES.getOrDefault(name, name), value);
        }
    }

    private static String serverType(String attributes) {
        return switch (attributes) {
            case "read-write", "primary" -> "primary";
            case "read-only", "standby" -> "secondary";
            case "prefer-standby" -> "preferSecondary";
            default -> attributes;
        };
    }
}

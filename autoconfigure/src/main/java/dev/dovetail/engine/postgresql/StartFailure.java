package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseStartException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.GT;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why a first connection could not be opened. Decides by SQLState and by the type of the cause: the driver's texts are
 * translated into the JVM's language, the server's into its own.
 */
final class StartFailure {

    private final @Nullable PostgresqlUrl url;
    private final boolean primary;
    private final PostgresqlSettings settings;
    private final SQLException error;
    private final String state;

    private StartFailure(
            @Nullable PostgresqlUrl url, boolean primary, PostgresqlSettings settings, SQLException error) {
        this.url = url;
        this.primary = primary;
        this.settings = settings;
        this.error = error;
        this.state = String.valueOf(ServerErrors.primary(error).getSQLState());
    }

    static StartFailure of(ConnectionTarget target, PostgresqlSettings settings, SQLException error) {
        PostgresqlUrl url = urlOf(target);
        ReplicaException replica = ServerErrors.find(error, ReplicaException.class);
        return replica == null
                ? new StartFailure(url, true, settings, error)
                : new StartFailure(replica.url(), false, settings, error);
    }

    private static @Nullable PostgresqlUrl urlOf(ConnectionTarget target) {
        try {
            return target.url() == null
                    ? null
                    : PostgresqlUrl.parse(target.url()).as(target.username(), target.password());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    DatabaseStartException explain() {
        return invalidSetting().or(this::tls).orElseGet(this::byState);
    }

    private DatabaseStartException byState() {
        return switch (state) {
            case "28P01" -> told("refused user or password", "Check %s.".formatted(credentialProperties()));
            case "28000" ->
                told(
                        "refused the user",
                        "Check that the role exists and may log in, and that pg_hba.conf of the server has a line for this"
                                + " user, database and address; a line of type hostssl wants sslmode=require in the URL.");
            case "3D000" ->
                told("has no such database", "Create it with: createdb%s, or correct its name.".formatted(createdb()));
            case "53300" ->
                told(
                        "has too many connections already",
                        "Raise max_connections of the server, lower the size of the pools (spring.datasource.hikari"
                                + ".maximum-pool-size), or stop what holds connections (see pg_stat_activity).");
            case "57P03" ->
                told(
                        "is starting up, shutting down or recovering",
                        "Wait until it accepts connections (pg_isready tells) and start the application again.");
            case "42501" ->
                told(
                        "does not permit the user to connect so",
                        "GRANT CONNECT ON DATABASE to the user, or remove the setting that only a superuser may make.");
            case "08P01" -> protocolViolated();
            default -> byDriver();
        };
    }

    private DatabaseStartException protocolViolated() {
        if (ServerErrors.message(error) == null) {
            return told(
                    "does not answer as a PostgreSQL server does",
                    "Check that host and port are those of the database and not of another service.");
        }
        return told(
                "refused the start of the session",
                "If this is PgBouncer, let it pass start-up options (ignore_startup_parameters = options) and set the"
                        + " timeouts by ALTER ROLE … SET; the server's own words are below.");
    }

    private DatabaseStartException byDriver() {
        if (state.equals("08004")) {
            return rejected();
        }
        if (has(UnknownHostException.class)) {
            return told(
                    "cannot be found: the host's name is unknown",
                    "Check the spelling of the host in the URL, and name resolution on this machine.");
        }
        if (has(SocketTimeoutException.class)) {
            return told(
                    "did not answer in time",
                    "Check that host and port are right and that no firewall drops the packets.");
        }
        if (has(ConnectException.class)) {
            return told(
                    "refused the connection: nothing listens there",
                    "Start the server, or correct host and port; its listen_addresses must name a network address.");
        }
        return state.startsWith("08") ? unreachable() : unknown();
    }

    private DatabaseStartException rejected() {
        if (url != null && url.password() == null) {
            return told(
                    "asks for a password, and none was given",
                    "Set %s; there is no default password."
                            .formatted(
                                    primary
                                            ? "spring.datasource.password"
                                            : "user and password in the URL of the replica"));
        }
        return told(
                "and the driver cannot agree on a way to log in",
                "Compare the parameters sslmode, requireAuth and channelBinding of the URL with what the server offers.");
    }

    private DatabaseStartException unreachable() {
        return told(
                "cannot be reached or did not finish the log-in in time",
                "Check that a PostgreSQL server listens at this address; with several hosts, that one of them is of the"
                        + " targetServerType asked for.");
    }

    private DatabaseStartException unknown() {
        return told("cannot be used (SQLState %s)".formatted(state), "See what the driver says below.");
    }

    /** The name of the setting is the one part of the server's message that no translation touches. */
    private Optional<DatabaseStartException> invalidSetting() {
        ServerErrorMessage message = ServerErrors.message(error);
        String text = message == null ? null : message.getMessage();
        if (text == null
                || !Set.of("22023", "42704", "42501", "55P02", "42602", "0A000").contains(state)) {
            return Optional.empty();
        }
        return settings.settings().keySet().stream()
                .filter(name -> text.toLowerCase(Locale.ROOT).contains("\"" + name.toLowerCase(Locale.ROOT) + "\""))
                .findFirst()
                .map(name -> told(
                        "refused the session setting %s%s".formatted(SettingRules.PREFIX, name),
                        "Correct or remove %s%s; the server's own words are below."
                                .formatted(SettingRules.PREFIX, name)));
    }

    private Optional<DatabaseStartException> tls() {
        if (has(SSLException.class) || has(GeneralSecurityException.class)) {
            return Optional.of(told(
                    "and the application could not agree on TLS",
                    "Check that the certificate of the server is signed by what the SSL bundle, or sslrootcert in the URL,"
                            + " trusts, and that it has not expired."));
        }
        if (isDriversOwn("The server does not support SSL.")) {
            return Optional.of(
                    told(
                            "does not offer TLS, which sslmode or the SSL bundle demands",
                            "Set ssl = on at the server, or take sslmode or the bundle away if the network may see everything."));
        }
        return demandsName() ? hostMismatch() : Optional.empty();
    }

    /** Compares with the driver's text in the driver's current language; its stack trace and SQLState do not tell. */
    private boolean isDriversOwn(String text) {
        return GT.tr(text).equals(ServerErrors.primary(error).getMessage());
    }

    private Optional<DatabaseStartException> hostMismatch() {
        return state.equals("08006") && ServerErrors.primary(error).getCause() == null
                ? Optional.of(told(
                        "has a certificate that was made out to another host",
                        "Use the host name the certificate names, or have a certificate made for this one."))
                : Optional.empty();
    }

    private boolean demandsName() {
        String mode = url == null ? null : url.parameters().get("sslmode");
        if (mode != null) {
            return mode.equalsIgnoreCase("verify-full");
        }
        return settings.sslSocketFactory() != null
                || (url != null && url.parameters().containsKey("ssl"));
    }

    private boolean has(Class<? extends Throwable> cause) {
        return ServerErrors.find(error, cause) != null;
    }

    private String credentialProperties() {
        return primary
                ? "spring.datasource.username and spring.datasource.password, or user and password in the URL"
                : "user and password in the URL of the replica";
    }

    private String createdb() {
        if (url == null || url.hosts().isEmpty()) {
            return "";
        }
        PostgresqlUrl.Host host = url.hosts().get(0);
        return " -h %s -p %s %s"
                .formatted(host.name(), host.port(), url.database())
                .stripTrailing();
    }

    private DatabaseStartException told(String problem, String action) {
        String server = primary ? "PostgreSQL" : "The PostgreSQL replica";
        String place = url == null ? "" : " at " + url.address();
        return new DatabaseStartException(server + place + " " + problem, action, error);
    }
}

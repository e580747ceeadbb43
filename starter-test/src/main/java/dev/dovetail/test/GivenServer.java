package dev.dovetail.test;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A server somebody named, by system properties or by environment variables. */
final class GivenServer implements PostgresSource {

    static final String URL_PROPERTY = "dovetail.test.postgresql.url";
    static final String URL_VARIABLE = variable(URL_PROPERTY);

    private static final String USERNAME_PROPERTY = "dovetail.test.postgresql.username";
    private static final String PASSWORD_PROPERTY = "dovetail.test.postgresql.password";

    private final Properties properties;
    private final Map<String, String> environment;

    GivenServer(Properties properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public Attempt attempt() {
        String url = setting(URL_PROPERTY);
        if (url == null) {
            return new Unavailable("no URL in " + URL_PROPERTY + " or " + URL_VARIABLE);
        }
        ConnectionInfo login = login(url);
        try {
            login.connect().close();
            return new Started(login, "given as " + login.jdbcUrl(), null);
        } catch (SQLException ex) {
            throw new IllegalStateException(
                    "The PostgreSQL given for the tests does not let us in, " + login + ": " + ex.getMessage(), ex);
        }
    }

    private ConnectionInfo login(String url) {
        Properties parts = ConnectionInfo.parse(url);
        String username = setting(USERNAME_PROPERTY);
        String password = setting(PASSWORD_PROPERTY);
        return ConnectionInfo.of(
                url,
                username != null ? username : parts.getProperty("user", "postgres"),
                password != null ? password : parts.getProperty("password", ""));
    }

    private @Nullable String setting(String property) {
        String value = properties.getProperty(property, environment.get(variable(property)));
        return value == null || value.isBlank() ? null : value;
    }

    private static String variable(String property) {
        // Under a Turkish locale the plain toUpperCase() turns "i" into a letter no shell knows.
        return property.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}

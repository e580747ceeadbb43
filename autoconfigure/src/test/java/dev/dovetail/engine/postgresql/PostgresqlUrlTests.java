package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dovetail.engine.postgresql.PostgresqlUrl.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

class PostgresqlUrlTests {

    private static final String SECRET = "s3cr3t";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://db.example/app                | jdbc:postgresql://db.example:5432/app
            jdbc:postgresql://db:5433/app                   | jdbc:postgresql://db:5433/app
            jdbc:postgresql:app                             | jdbc:postgresql://localhost:5432/app
            jdbc:postgresql://db/                           | jdbc:postgresql://db:5432/
            jdbc:postgresql://db                            | jdbc:postgresql://db:5432/
            jdbc:postgresql:///app                          | jdbc:postgresql://localhost:5432/app
            jdbc:postgresql://a:1,b,c:3/app                 | jdbc:postgresql://a:1,b:5432,c:3/app
            jdbc:postgresql://[::1]/app                     | jdbc:postgresql://[::1]:5432/app
            jdbc:postgresql://[fe80::1%eth0]:1/app          | jdbc:postgresql://[fe80::1%eth0]:1/app
            postgres://user:pass@host:5432/db               | jdbc:postgresql://host:5432/db
            postgresql://user@host/db                       | jdbc:postgresql://host:5432/db
            postgres://user:pass@[2001:db8::1]:6543/db      | jdbc:postgresql://[2001:db8::1]:6543/db
            postgres://u:p@a:1,b:2/db                       | jdbc:postgresql://a:1,b:2/db
            postgres://u:p@host/my%20db%2Fx                 | jdbc:postgresql://host:5432/my+db%2Fx
            postgres:///db?host=a,b&port=1,2                | jdbc:postgresql://a:1,b:2/db
            postgres:///?host=::1&dbname=x                  | jdbc:postgresql://[::1]:5432/x
            postgres://host:77/db?dbname=other              | jdbc:postgresql://host:77/other
            postgres://                                     | jdbc:postgresql://localhost:5432/
            jdbc:postgresql:///?service=prod                | jdbc:postgresql:///?service=prod
            jdbc:postgresql:app?service=prod                | jdbc:postgresql:app?service=prod
            """)
    void isBroughtIntoTheDriversForm(String url, String jdbcUrl) {
        assertThat(PostgresqlUrl.parse(url).jdbcUrl()).isEqualTo(jdbcUrl);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgres://me:p%40ss@host/db                    | me    | p@ss
            postgresql://me%3A1:a%2Fb%3Fc%23d@host/db       | me:1  | a/b?c#d
            postgres://me:a+b%2B@host/db                    | me    | a+b+
            postgres://me:p@ss@host/db                      | me    | p@ss
            postgres://me:a:b@host/db                       | me    | a:b
            postgres://me:%C4%B1%C5%9F%20x@host/db          | me    | ış x
            postgres://host/db?user=me&password=p%40ss      | me    | p@ss
            jdbc:postgresql://host/db?user=me&password=a%26b| me    | a&b
            jdbc:postgresql://host/db?password=a+b&user=me  | me    | a b
            jdbc:postgresql://me:p%40ss@host/db             | me    | p@ss
            jdbc:postgresql://x:y@host/db?user=me&password=z| me    | z
            """)
    void credentialsAreDecodedAndTakenOut(String url, String username, String password) {
        PostgresqlUrl parsed = PostgresqlUrl.parse(url);

        assertThat(parsed.username()).isEqualTo(username);
        assertThat(parsed.password()).isEqualTo(password);
        assertThat(parsed.properties()).doesNotContainKeys("user", "password");
        assertThat(parsed.hosts()).containsExactly(new Host("host", 5432));
    }

    @Test
    void noTextHoldsASecret() {
        PostgresqlUrl url = PostgresqlUrl.parse("postgres://me:" + SECRET + "@host/db?sslpassword=" + SECRET
                + "&password=" + SECRET + "&options=-c%20my.key%3D" + SECRET + "&unknown=" + SECRET);

        assertThat(url.toString() + url.jdbcUrl() + url.address()).doesNotContain(SECRET);
        assertThat(url.properties()).containsEntry("sslpassword", SECRET);
    }

    @Test
    void parametersAreKeptForTheDriverAndLibpqsAreTranslated() {
        assertThat(PostgresqlUrl.parse("jdbc:postgresql://h/d?sslmode=require&currentSchema=app&ssl")
                        .properties())
                .containsEntry("sslmode", "require")
                .containsEntry("currentSchema", "app")
                .containsEntry("ssl", "");
        assertThat(PostgresqlUrl.parse("postgres://h/d?sslmode=require&channel_binding=require&application_name=x%20y"
                                + "&connect_timeout=3&target_session_attrs=read-write&keepalives=0"
                                + "&load_balance_hosts=random")
                        .properties())
                .containsEntry("sslmode", "require")
                .containsEntry("channelBinding", "require")
                .containsEntry("ApplicationName", "x y")
                .containsEntry("connectTimeout", "3")
                .containsEntry("targetServerType", "primary")
                .containsEntry("tcpKeepAlive", "false")
                .containsEntry("loadBalanceHosts", "true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:app.db",
                "mysql://me:s3cr3t@host/db",
                "Postgres://me:s3cr3t@host/db",
                "postgres://me:s3cr3t/x@host/db",
                "postgres://me:1/s3cr3t@host/db",
                "postgres://me:s3cr3t?x@host/db",
                "postgres://me:1?s3cr3t@host/db",
                "postgres://me:s3cr3t%zz@host/db",
                "postgres://me:s3cr3t%@host/db",
                "postgres://me:%s3cr3t@host/db",
                "postgres://host:s3cr3t/db",
                "postgres://host:0/db",
                "postgres://host:65536/db",
                "postgres://host:99999999999/db",
                "postgres://host:٣٤/db",
                "postgres://ho st/db?password=s3cr3t",
                "postgres://%2Fvar%2Frun/db?password=s3cr3t",
                "postgres:///db?host=/var/run&password=s3cr3t",
                "postgres://[::1/db?password=s3cr3t",
                "jdbc:postgresql:/?password=s3cr3t",
                "jdbc:postgresql://h/a/b?password=s3cr3t",
                "jdbc:postgresql://h/d?=s3cr3t",
            })
    void whatCannotBeReadIsRefusedWithoutRepeatingIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresqlUrl.parse(url))
                .withMessageContaining("PostgreSQL URL")
                .satisfies(e -> assertThat(Secrets.everythingIn(e)).doesNotContain(SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://a:1,b:2/app",
                "postgres://me:x@[::1]:6/my%20db%2B%C4%B1",
                "jdbc:postgresql:app",
                "postgres:///db?host=::1"
            })
    void theDriverReadsTheSameOutOfIt(String text) {
        PostgresqlUrl url = PostgresqlUrl.parse(text);

        var driver = Driver.parseURL(url.jdbcUrl(), null);

        assertThat(driver).isNotNull();
        assertThat(PGProperty.PG_DBNAME.getOrDefault(driver)).isEqualTo(url.database());
        assertThat(PGProperty.PG_HOST.getOrDefault(driver))
                .isEqualTo(String.join(",", url.hosts().stream().map(Host::name).toList()));
        assertThat(PGProperty.PG_PORT.getOrDefault(driver))
                .isEqualTo(String.join(
                        ",",
                        url.hosts().stream()
                                .map(host -> String.valueOf(host.port()))
                                .toList()));
    }

    @Test
    void acceptsItsThreeSchemesOnly() {
        PostgresqlEngine engine = new PostgresqlEngine(PostgresqlSettings.defaults());

        assertThat(engine.accepts("jdbc:postgresql:app")).isTrue();
        assertThat(engine.accepts("postgres://host/db")).isTrue();
        assertThat(engine.accepts("postgresql://host/db")).isTrue();
        assertThat(engine.accepts("jdbc:sqlite:postgres://host")).isFalse();
        assertThat(engine.accepts("jdbc:tc:postgresql:18:///db")).isFalse();
        assertThat(engine.accepts("postgres")).isFalse();
        assertThat(engine.accepts("")).isFalse();
    }
}

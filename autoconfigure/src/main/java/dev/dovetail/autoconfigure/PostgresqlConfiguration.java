package dev.dovetail.autoconfigure;

import dev.dovetail.engine.postgresql.PostgresqlEngine;
import dev.dovetail.engine.postgresql.PostgresqlSettings;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** PostgreSQL, where its driver is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.postgresql.Driver")
class PostgresqlConfiguration {

    @Bean
    PostgresqlEngine postgresqlEngine(DovetailProperties properties, ObjectProvider<SslBundles> bundles) {
        return ValidatedSettings.of(() -> new PostgresqlEngine(settings(properties, bundles)));
    }

    private static PostgresqlSettings settings(DovetailProperties properties, ObjectProvider<SslBundles> bundles) {
        DovetailProperties.Postgresql postgresql = properties.postgresql();
        return new PostgresqlSettings(
                postgresql.replicas(),
                postgresql.statementTimeout(),
                postgresql.lockTimeout(),
                postgresql.idleInTransactionTimeout(),
                properties.queryTimeout(),
                postgresql.settings(),
                socketFactory(postgresql.sslBundle(), bundles.getIfAvailable()));
    }

    private static @Nullable SSLSocketFactory socketFactory(@Nullable String bundle, @Nullable SslBundles bundles) {
        if (bundle == null) {
            return null;
        }
        if (bundles == null) {
            throw new IllegalArgumentException(
                    "dovetail.postgresql.ssl-bundle needs Spring Boot's SSL auto-configuration");
        }
        try {
            return bundles.getBundle(bundle).createSslContext().getSocketFactory();
        } catch (NoSuchSslBundleException e) {
            throw new IllegalArgumentException(
                    "dovetail.postgresql.ssl-bundle names '" + bundle + "', which is not under spring.ssl.bundle", e);
        }
    }
}

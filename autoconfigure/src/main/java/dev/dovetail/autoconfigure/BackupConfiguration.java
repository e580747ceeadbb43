package dev.dovetail.autoconfigure;

import com.google.crypto.tink.StreamingAead;
import dev.dovetail.backup.BackupListener;
import dev.dovetail.backup.BackupSchedule;
import dev.dovetail.backup.BackupSettings;
import dev.dovetail.backup.Backups;
import dev.dovetail.coordination.Leases;
import dev.dovetail.datasource.RestoreListener;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.encryption.KeyRing;
import dev.dovetail.encryption.StreamEncryption;
import dev.dovetail.encryption.tink.TinkStreamEncryption;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionTemplate;

/** Backups, where the data source is ours: it can be drained for a restore. */
@Configuration(proxyBeanMethods = false)
class BackupConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KeyRing keyRing(DovetailProperties properties) {
        return ValidatedSettings.of(() -> properties.encryption().keyRing());
    }

    @Bean
    @ConditionalOnMissingBean
    BackupSettings backupSettings(
            DovetailProperties properties,
            Environment environment,
            KeyRing keys,
            ObjectProvider<StreamEncryption> encryption) {
        return ValidatedSettings.of(() -> {
            BackupSettings settings =
                    properties.backup().settings(environment.getProperty("spring.application.name", "app"));
            if (settings.encrypt()) {
                requireKey(keys, encryption.getIfUnique());
            }
            return settings;
        });
    }

    // At the start, and not when the first backup is made at night.
    private static void requireKey(KeyRing keys, @Nullable StreamEncryption encryption) {
        if (keys.active().isEmpty()) {
            throw new IllegalArgumentException(
                    "dovetail.backup.encrypt is true, but dovetail.encryption.active-key names no key");
        }
        if (encryption == null) {
            throw new IllegalArgumentException(
                    "dovetail.backup.encrypt is true, but com.google.crypto.tink:tink is not on the class path");
        }
    }

    /** Encryption by Tink. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(StreamingAead.class)
    static class Tink {

        @Bean
        @ConditionalOnMissingBean
        StreamEncryption streamEncryption(KeyRing keys) {
            return new TinkStreamEncryption(keys);
        }
    }

    /** What needs the database. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(DatabaseOpening.class)
    static class OnDatabase {

        @Bean
        @ConditionalOnMissingBean
        Backups backups(
                BackupSettings settings,
                DatabaseOpening opening,
                DataSource dataSource,
                ObjectProvider<StreamEncryption> encryption,
                ObjectProvider<Clock> clock,
                ObjectProvider<BackupListener> listeners,
                ObjectProvider<RestoreListener> restoreListeners) {
            return Backups.of(
                    settings,
                    opening.engine().name(),
                    opening.connections(),
                    // It may be wrapped.
                    RoutingDataSource.behind(dataSource),
                    encryption.getIfUnique(),
                    clock.getIfUnique(Clock::systemUTC),
                    // When there is something to tell: they may use the database, whose migration may make a backup.
                    () -> listeners.orderedStream().toList(),
                    () -> restoreListeners.orderedStream().toList());
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBooleanProperty("dovetail.backup.enabled")
        BackupSchedule backupSchedule(
                Backups backups,
                DovetailProperties properties,
                DatabaseOpening opening,
                DataSource dataSource,
                ObjectProvider<SQLExceptionTranslator> translator,
                ObjectProvider<Clock> clock) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
            translator.ifUnique(jdbc::setExceptionTranslator);
            translator.ifUnique(manager::setExceptionTranslator);
            Leases leases = new Leases(
                    jdbc,
                    new TransactionTemplate(manager),
                    opening.engine().sql(),
                    UUID.randomUUID().toString());
            return ValidatedSettings.of(() -> new BackupSchedule(
                    backups, leases, properties.backup().interval(), clock.getIfUnique(Clock::systemUTC)));
        }
    }
}

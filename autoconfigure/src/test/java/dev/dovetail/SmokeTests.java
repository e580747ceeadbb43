package dev.dovetail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.autoconfigure.DovetailDataSourceAutoConfiguration;
import dev.dovetail.datasource.RoutingDataSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class SmokeTests {

    @Test
    void works(@TempDir Path directory) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DovetailDataSourceAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        TransactionManagerCustomizationAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class))
                .withPropertyValues("dovetail.sqlite.path=" + directory.resolve("a/b/x.db"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    JdbcClient jdbc = context.getBean(JdbcClient.class);
                    TransactionTemplate tx = context.getBean(TransactionTemplate.class);
                    jdbc.sql("create table t (id integer primary key, name text unique)")
                            .update();
                    tx.executeWithoutResult(status -> {
                        jdbc.sql("insert into t(name) values ('a')").update();
                        status.setRollbackOnly();
                    });
                    assertThat(jdbc.sql("select count(*) from t")
                                    .query(Long.class)
                                    .single())
                            .isZero();
                    jdbc.sql("insert into t(name) values (?)").param("a").update();
                    assertThatThrownBy(() -> jdbc.sql("insert into t(name) values (?)")
                                    .param("a")
                                    .update())
                            .isInstanceOf(DuplicateKeyException.class);
                    System.out.println(context.getBean(Database.class).info());
                    System.out.println(context.getBean(RoutingDataSource.class).pools());
                });
        assertThat(directory.resolve("a/b/x.db-wal")).doesNotExist();
    }
}

package dev.dovetail.autoconfigure;

import dev.dovetail.repository.PortableNamingStrategy;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.relational.core.mapping.NamingStrategy;

/** What Spring Data JDBC needs to work the same everywhere, where it is there. */
@AutoConfiguration(
        before = DataJdbcRepositoriesAutoConfiguration.class,
        after = {JdbcTemplateAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class})
@ConditionalOnClass({NamingStrategy.class, DataJdbcRepositoriesAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "dovetail.enabled", matchIfMissing = true)
@Import(RepositoriesConfiguration.class)
public final class DovetailDataJdbcAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(NamingStrategy.class)
    PortableNamingStrategy portableNamingStrategy() {
        return new PortableNamingStrategy();
    }
}

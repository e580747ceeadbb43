package dev.dovetail.autoconfigure;

import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.repository.AdaptedJdbcTemplate;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Puts {@link AdaptedJdbcTemplate} in the place of each named parameter template on our data source.
 *
 * <p>Spring Data takes its statements to that bean however it is configured, also by a subclass of
 * {@code AbstractJdbcConfiguration}. A template of a class of the application's own is left alone.
 */
final class GeneratedSqlPostProcessor implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean.getClass() != NamedParameterJdbcTemplate.class) {
            return bean;
        }
        NamedParameterJdbcTemplate template = (NamedParameterJdbcTemplate) bean;
        DataSource dataSource = template.getJdbcTemplate().getDataSource();
        RoutingDataSource ours = dataSource == null ? null : RoutingDataSource.behind(dataSource);
        return ours == null
                ? bean
                : new AdaptedJdbcTemplate(template.getJdbcOperations(), ours.engine(), template.getCacheLimit());
    }
}

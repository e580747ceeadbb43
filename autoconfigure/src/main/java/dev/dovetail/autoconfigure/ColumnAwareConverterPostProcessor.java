package dev.dovetail.autoconfigure;

import dev.dovetail.repository.ColumnAwareJdbcConverter;
import dev.dovetail.repository.JsonDocuments;
import dev.dovetail.schema.SchemaCatalog;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.jdbc.core.convert.DefaultJdbcTypeFactory;
import org.springframework.data.jdbc.core.convert.JdbcTypeFactory;
import org.springframework.data.jdbc.core.convert.MappingJdbcConverter;
import org.springframework.data.jdbc.core.convert.RelationResolver;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts the converter that looks at columns in the place of Spring Data's, also of one that the application defines by
 * extending {@code AbstractJdbcConfiguration}: without it decimals on SQLite would be read as the whole numbers they lie as. A
 * converter of another class is the application's own and stays.
 */
final class ColumnAwareConverterPostProcessor implements BeanPostProcessor {

    private static final boolean JACKSON = ClassUtils.isPresent(
            "tools.jackson.databind.json.JsonMapper", ColumnAwareConverterPostProcessor.class.getClassLoader());

    private final BeanFactory beans;

    ColumnAwareConverterPostProcessor(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean.getClass() != MappingJdbcConverter.class) {
            return bean;
        }
        MappingJdbcConverter stock = (MappingJdbcConverter) bean;
        RelationResolver relations =
                (identifier, path) -> beans.getBean(RelationResolver.class).findAllByPath(identifier, path);
        JdbcTypeFactory types = new DefaultJdbcTypeFactory(
                beans.getBean(JdbcOperations.class), JdbcDialect.getArraySupport(beans.getBean(JdbcDialect.class)));
        return new ColumnAwareJdbcConverter(
                stock.getMappingContext(),
                relations,
                stock.getConversions(),
                types,
                beans.getBean(SchemaCatalog.class),
                JACKSON ? Jackson.documents(beans) : null);
    }

    private static final class Jackson {

        static @Nullable JsonDocuments documents(BeanFactory beans) {
            JsonMapper mapper = beans.getBeanProvider(JsonMapper.class).getIfUnique();
            return new JsonDocuments(
                    mapper != null
                            ? mapper
                            : JsonMapper.builder().findAndAddModules().build());
        }
    }
}

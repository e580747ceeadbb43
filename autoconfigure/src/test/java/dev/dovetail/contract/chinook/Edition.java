package dev.dovetail.contract.chinook;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.repository.PortableNamingStrategy;
import dev.dovetail.repository.table.TableOperations;
import java.nio.file.Path;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.util.StringUtils;

/** An application on one edition of Chinook: entities and repositories are the same, the names of columns are not. */
final class Edition implements AutoCloseable {

    private final TestEngine engine;
    private final TestApplication application;

    private Edition(TestEngine engine, TestApplication application) {
        this.engine = engine;
        this.application = application;
    }

    /** @param directory for the copy of SQLite's edition */
    static Edition open(TestEngine engine, Path directory) throws Exception {
        Class<?> configuration = engine == TestEngine.SQLITE ? PascalCase.class : SnakeCase.class;
        return new Edition(engine, TestApplication.with(ChinookFiles.freshDatabase(engine, directory), configuration));
    }

    TestApplication application() {
        return application;
    }

    <T> T bean(Class<T> type) {
        return application.bean(type);
    }

    /** @param names as PostgreSQL has them */
    String name(String names) {
        return Spelling.of(engine, names);
    }

    /** @param table as PostgreSQL has it */
    TableOperations table(String table) {
        return application.database().table(name(table));
    }

    /** What plain JDBC reads; everything in small letters is a name as PostgreSQL has it. */
    List<List<String>> plain(String sql, Object... values) {
        return Values.rows(application.template().queryForList(Spelling.in(engine, sql), values));
    }

    /** Runs plain SQL, written as for {@link #plain}. */
    int change(String sql, Object... values) {
        return application.template().update(Spelling.in(engine, sql), values);
    }

    @Override
    public void close() {
        application.close();
    }

    @Override
    public String toString() {
        return engine.toString();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ListCrudRepository.class))
    static class Repositories {}

    @Configuration(proxyBeanMethods = false)
    @Import(Repositories.class)
    static class PascalCase {

        @Bean
        NamingStrategy namingStrategy() {
            return new NamingStrategy() {
                @Override
                public String getTableName(Class<?> type) {
                    return type.getSimpleName();
                }

                @Override
                public String getColumnName(RelationalPersistentProperty property) {
                    return StringUtils.capitalize(property.getName());
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Repositories.class)
    static class SnakeCase {

        @Bean
        NamingStrategy namingStrategy() {
            return new PortableNamingStrategy();
        }
    }
}

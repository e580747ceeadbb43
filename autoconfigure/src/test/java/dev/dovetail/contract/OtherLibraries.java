package dev.dovetail.contract;

import dev.dovetail.autoconfigure.DovetailDataSourceAutoConfiguration;
import dev.dovetail.autoconfigure.DovetailHibernateAutoConfiguration;
import dev.dovetail.engine.DatabaseEngine;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import java.util.List;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.session.LocalCacheScope;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;
import org.mybatis.spring.SqlSessionFactoryBean;
import org.mybatis.spring.SqlSessionTemplate;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** An application that uses four libraries on Dovetail's data source, each set up as its own documentation says. */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = OtherLibraries.class)
@ImportAutoConfiguration({
    DovetailDataSourceAutoConfiguration.class,
    DovetailHibernateAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    HibernateJpaAutoConfiguration.class,
    TransactionManagerCustomizationAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
})
class OtherLibraries {

    /** A book, for JPA. */
    @Entity(name = "book")
    static class Book {

        @Id
        private int id;

        @Column(name = "title")
        private @Nullable String title;

        protected Book() {}

        Book(int id, @Nullable String title) {
            this.id = id;
            this.title = title;
        }
    }

    /** A mapper, for MyBatis. */
    interface BookMapper {

        @Insert("INSERT INTO book (id, title) VALUES (#{id}, #{title,jdbcType=VARCHAR})")
        void insert(@Param("id") int id, @Param("title") @Nullable String title);

        @Select("SELECT title FROM book ORDER BY id")
        List<String> titles();
    }

    private record Store(Saving saving, Reading reading) implements BookStore {

        @Override
        public void save(int id, @Nullable String title) {
            saving.save(id, title);
        }

        @Override
        public List<String> titles() {
            return reading.titles();
        }
    }

    private interface Saving {
        void save(int id, @Nullable String title);
    }

    private interface Reading {
        List<String> titles();
    }

    @Bean
    TestApplication.Recorder recorder() {
        return new TestApplication.Recorder();
    }

    @Bean
    BookStore jpa(EntityManager entities, PersistenceExceptionTranslator translator) {
        return new Store(
                (id, title) -> translated(translator, () -> {
                    entities.persist(new Book(id, title));
                    entities.flush();
                }),
                () -> entities.createQuery("SELECT b.title FROM book b", String.class)
                        .getResultList());
    }

    // As a repository does it.
    private static void translated(PersistenceExceptionTranslator translator, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            RuntimeException translated = translator.translateExceptionIfPossible(e);
            throw translated == null ? e : translated;
        }
    }

    @Bean
    BookStore jooq(DataSource dataSource, DatabaseEngine engine, SQLExceptionTranslator translator) {
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.set(new DataSourceConnectionProvider(new TransactionAwareDataSourceProxy(dataSource)));
        configuration.set(engine.name().equals("sqlite") ? SQLDialect.SQLITE : SQLDialect.POSTGRES);
        configuration.set(new DefaultExecuteListenerProvider(new Translation(translator)));
        DSLContext jooq = DSL.using(configuration);
        return new Store(
                (id, title) -> jooq.insertInto(DSL.table("book"), DSL.field("id"), DSL.field("title"))
                        .values(id, title)
                        .execute(),
                () -> jooq.select(DSL.field("title", String.class))
                        .from(DSL.table("book"))
                        .fetch(0, String.class));
    }

    /** What Spring Boot's own starter for jOOQ does. */
    private static final class Translation implements ExecuteListener {

        private static final long serialVersionUID = 1L;

        private final transient SQLExceptionTranslator translator;

        Translation(SQLExceptionTranslator translator) {
            this.translator = translator;
        }

        @Override
        public void exception(ExecuteContext context) {
            if (context.sqlException() != null) {
                context.exception(translator.translate("jOOQ", context.sql(), context.sqlException()));
            }
        }
    }

    @Bean
    BookStore mybatis(DataSource dataSource) throws Exception {
        SqlSessionFactoryBean factory = new SqlSessionFactoryBean();
        factory.setDataSource(dataSource);
        org.apache.ibatis.session.Configuration configuration = new org.apache.ibatis.session.Configuration();
        // Otherwise it would not ask the database again in the same transaction.
        configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
        configuration.addMapper(BookMapper.class);
        factory.setConfiguration(configuration);
        BookMapper mapper = new SqlSessionTemplate(factory.getObject()).getMapper(BookMapper.class);
        return new Store(mapper::insert, mapper::titles);
    }

    @Bean
    BookStore plainJdbc(JdbcClient jdbc) {
        return new Store(
                (id, title) -> jdbc.sql("INSERT INTO book VALUES (:id, :title)")
                        .param("id", id)
                        .param("title", title)
                        .update(),
                () -> jdbc.sql("SELECT title FROM book ORDER BY id")
                        .query(String.class)
                        .list());
    }
}

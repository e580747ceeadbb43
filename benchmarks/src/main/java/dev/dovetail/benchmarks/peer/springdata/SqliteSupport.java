package dev.dovetail.benchmarks.peer.springdata;

import dev.dovetail.benchmarks.subject.Engine;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;

/** What users of Spring Data JDBC write themselves to use SQLite, as it has no support for it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = SqliteSupport.PROPERTY, havingValue = "true")
class SqliteSupport {

    static final String PROPERTY = "benchmarks.sqlite";

    @Bean
    JdbcDialect jdbcDialect() {
        return new MinimalSqliteDialect();
    }

    @Bean
    JdbcCustomConversions jdbcCustomConversions(JdbcDialect dialect) {
        return JdbcCustomConversions.of(dialect, List.of(ToMicros.INSTANCE, FromMicros.INSTANCE));
    }

    @WritingConverter
    enum ToMicros implements Converter<Instant, Long> {
        INSTANCE;

        @Override
        public Long convert(Instant moment) {
            return Engine.micros(moment);
        }
    }

    @ReadingConverter
    enum FromMicros implements Converter<Long, Instant> {
        INSTANCE;

        @Override
        public Instant convert(Long micros) {
            return Engine.fromMicros(micros);
        }
    }
}

package dev.dovetail.benchmarks.peer.springdata;

import dev.dovetail.benchmarks.subject.Engine;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/** The same with what users of Spring Data JDBC write themselves to use SQLite, as it has no support for it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SqliteConfiguration extends AbstractJdbcConfiguration {

    @Override
    public JdbcDialect jdbcDialect(NamedParameterJdbcOperations operations) {
        return new MinimalSqliteDialect();
    }

    @Override
    protected List<?> userConverters() {
        return List.of(ToMicros.INSTANCE, FromMicros.INSTANCE);
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

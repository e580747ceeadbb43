package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.cache.Cached;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Immutable;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.Repository;
import org.springframework.data.util.Streamable;

/** A class of the application around several entities is kept as it is. */
@EngineContract
public class WrapperTests {

    private final TestEngine engine;

    WrapperTests(TestEngine engine) {
        this.engine = engine;
    }

    /** One of them. */
    public record Plain(@Id Long id, String name) {}

    /** Several of them; Spring Data makes it, and so it is public. */
    @Immutable
    public record Plains(Streamable<Plain> all) implements Streamable<Plain> {
        @Override
        public Iterator<Plain> iterator() {
            return all.iterator();
        }
    }

    @Cached
    interface Wrapped extends Repository<Plain, Long> {
        Plains findByName(String name);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Wrapped)"))
    static class Repositories {}

    @Test
    void isReturnedAndKeptAsItIs() {
        try (TestApplication application = TestApplication.withRepositories(engine, Repositories.class)) {
            application.define("CREATE TABLE plain (id ${identity}, name ${text} NOT NULL) ${strict}");
            application.template().execute("INSERT INTO plain (id, name) VALUES (1, 'a')");
            Wrapped wrapped = application.bean(Wrapped.class);
            for (int i = 0; i < 3; i++) {
                Plains found = wrapped.findByName("a");
                assertThat(found).extracting(Plain::name).containsExactly("a");
            }
            assertThat(application.database().caches().statistics("wrapped").hits())
                    .isPositive();
        }
    }
}

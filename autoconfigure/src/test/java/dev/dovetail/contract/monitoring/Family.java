package dev.dovetail.contract.monitoring;

import dev.dovetail.cache.Cached;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** Children of parents, read in every way that should be seen. */
final class Family {

    private Family() {}

    @Table("child")
    record Child(@Id @Nullable Long id, long parent, String name) {}

    interface Children extends ListCrudRepository<Child, Long> {

        List<Child> findByParent(long parent);

        @Query("SELECT * FROM child ORDER BY id")
        Stream<Child> all();

        @Cached
        long countByParent(long parent);
    }

    static TestApplication start(TestEngine engine, String... properties) {
        return start(engine, Beans.class, properties);
    }

    /** @param beans with {@link Beans} among them */
    static TestApplication start(TestEngine engine, Class<?> beans, String... properties) {
        String[] all = Arrays.copyOf(properties, properties.length + 2);
        all[properties.length] = "management.endpoints.web.exposure.include=dovetail";
        all[properties.length + 1] = "dovetail.optimizer.enabled=false";
        TestApplication application = TestApplication.ofWeb(engine, beans, all);
        application.define(
                "CREATE TABLE child (id ${identity}, parent ${bigint} NOT NULL, name ${text} NOT NULL UNIQUE)");
        return application;
    }

    static void children(TestApplication application, int count) {
        application
                .bean(Children.class)
                .saveAll(IntStream.range(0, count)
                        .mapToObj(i -> new Child(null, i % 10, "child" + i))
                        .toList());
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Children.class))
    @ImportAutoConfiguration({
        EndpointAutoConfiguration.class,
        JacksonEndpointAutoConfiguration.class,
        WebEndpointAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class,
        ObservationAutoConfiguration.class
    })
    static class Beans {}
}

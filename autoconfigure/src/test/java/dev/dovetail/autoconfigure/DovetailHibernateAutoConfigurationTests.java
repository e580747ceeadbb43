package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DovetailHibernateAutoConfigurationTests {

    private static final String RESOLVERS = "hibernate.dialect_resolvers";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DovetailHibernateAutoConfiguration.class));

    @Test
    void whenTheDialectsAreThereThenHibernateIsToldOfThem() {
        runner.run(context -> {
            Map<String, Object> properties = new HashMap<>();
            context.getBean(HibernatePropertiesCustomizer.class).customize(properties);
            assertThat(properties.get(RESOLVERS)).asString().endsWith("CommunityDialectResolver");
        });
    }

    @Test
    void whenTheApplicationHasAResolverThenItComesFirst() {
        runner.run(context -> {
            Map<String, Object> properties = new HashMap<>(Map.of(RESOLVERS, "their.Resolver"));
            context.getBean(HibernatePropertiesCustomizer.class).customize(properties);
            assertThat(properties.get(RESOLVERS)).asString().startsWith("their.Resolver,");
        });
    }

    @Test
    void whenTheDialectsAreMissingThenNothingIsSaid() {
        runner.withClassLoader(new FilteredClassLoader("org.hibernate.community"))
                .run(context -> assertThat(context).doesNotHaveBean(HibernatePropertiesCustomizer.class));
    }

    @Test
    void whenSwitchedOffThenNothingIsSaid() {
        runner.withPropertyValues("dovetail.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HibernatePropertiesCustomizer.class));
    }
}

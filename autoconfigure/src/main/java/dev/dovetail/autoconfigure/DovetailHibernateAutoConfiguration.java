package dev.dovetail.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;

/** Lets Hibernate find its dialect for SQLite by itself, where its community dialects are there. */
@AutoConfiguration(beforeName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnClass(
        value = HibernatePropertiesCustomizer.class,
        name = "org.hibernate.community.dialect.CommunityDialectResolver")
@ConditionalOnBooleanProperty(name = "dovetail.enabled", matchIfMissing = true)
public final class DovetailHibernateAutoConfiguration {

    private static final String RESOLVERS = "hibernate.dialect_resolvers";
    private static final String COMMUNITY = "org.hibernate.community.dialect.CommunityDialectResolver";

    @Bean
    HibernatePropertiesCustomizer communityDialectCustomizer() {
        return properties -> properties.merge(RESOLVERS, COMMUNITY, (own, added) -> own + "," + added);
    }
}

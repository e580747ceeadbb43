package dev.dovetail.benchmarks.peer.jpa;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;

/** An application of Spring Boot's and nothing else. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class JpaConfiguration {

    static final String MICROS = "benchmarks.micros";

    @Bean
    PersistenceManagedTypes managedTypes(@Value("${" + MICROS + "}") boolean micros) {
        return micros
                ? PersistenceManagedTypes.of(UserEntity.class.getName(), MicrosConverter.class.getName())
                : PersistenceManagedTypes.of(UserEntity.class.getName());
    }
}

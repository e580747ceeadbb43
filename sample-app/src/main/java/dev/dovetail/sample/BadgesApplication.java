package dev.dovetail.sample;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the badge registry, on SQLite unless it is told otherwise. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BadgesApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(BadgesApplication.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}

package dev.dovetail.faults;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that does not start: commands must not need it. */
final class CommandApplication {

    private CommandApplication() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Broken {

        @Bean
        String broken() {
            throw new IllegalStateException("The application's own bean was made");
        }
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Broken.class, arguments);
    }
}

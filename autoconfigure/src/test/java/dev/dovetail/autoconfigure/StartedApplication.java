package dev.dovetail.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application started the way a user starts it: with its configuration files, presets and failure analyses. */
final class StartedApplication {

    private StartedApplication() {}

    /** Properties are given as {@code name=value}; the caller closes the context. */
    static ConfigurableApplicationContext with(String... properties) {
        List<String> arguments = new ArrayList<>();
        for (String property : properties) {
            arguments.add("--" + property);
        }
        SpringApplication application = new SpringApplicationBuilder(Wiring.Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.location=optional:classpath:/nothing/")
                .logStartupInfo(false)
                .build();
        return application.run(arguments.toArray(String[]::new));
    }

    /** The entry of a process of its own. */
    public static void main(String[] arguments) {
        SpringApplication.run(Wiring.Application.class, arguments);
    }
}

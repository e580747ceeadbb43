package dev.dovetail.benchmarks.startup.plain;

import java.time.Instant;
import java.util.UUID;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

@Component
class Generation implements ApplicationRunner {

    private final GenerationProperties properties;
    private final Registry registry;

    Generation(GenerationProperties properties, Registry registry) {
        this.properties = properties;
        this.registry = registry;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        for (int i = 0; i < properties.generate(); i++) {
            UUID id = UUID.randomUUID();
            registry.add(new Issuer(id, "Issuer " + i, "https://example.com/" + id, null, Instant.now(), null));
        }
    }
}

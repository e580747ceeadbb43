package dev.dovetail.sample;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DirtiesContext
class SqliteBadgeRegistryTests extends BadgeRegistryContract {

    @TempDir
    static Path directory;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add(
                "dovetail.sqlite.path", () -> directory.resolve("badges.db").toString());
    }

    @Override
    String engine() {
        return "sqlite";
    }
}

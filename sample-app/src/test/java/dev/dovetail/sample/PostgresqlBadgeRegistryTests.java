package dev.dovetail.sample;

import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ActiveProfiles("postgresql")
@DirtiesContext
class PostgresqlBadgeRegistryTests extends BadgeRegistryContract {

    private static final TestDatabase DATABASE = PostgresServer.shared().newDatabase();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("DATABASE_URL", DATABASE::jdbcUrl);
        properties.add("DATABASE_USERNAME", DATABASE::username);
        properties.add("DATABASE_PASSWORD", DATABASE::password);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Override
    String engine() {
        return "postgresql";
    }
}

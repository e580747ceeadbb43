package dev.dovetail.sample;

import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The databases on which the registry runs. */
enum Engine {
    SQLITE {
        @Override
        String[] freshDatabase(Path directory) {
            return new String[] {"--dovetail.sqlite.path=" + directory.resolve(UUID.randomUUID() + ".db")};
        }
    },
    POSTGRESQL {
        @Override
        String[] freshDatabase(Path directory) {
            TestDatabase database = PostgresServer.shared().newDatabase();
            return new String[] {
                "--spring.profiles.active=postgresql",
                "--DATABASE_URL=" + database.jdbcUrl(),
                "--DATABASE_USERNAME=" + database.username(),
                "--DATABASE_PASSWORD=" + database.password()
            };
        }
    };

    /** Command line arguments that lead to an empty database. */
    abstract String[] freshDatabase(Path directory);

    /** Starts the application as its main method does, on a free port. */
    static ConfigurableApplicationContext start(String[] database, String... more) {
        return new SpringApplicationBuilder(BadgesApplication.class)
                .properties("server.port=0")
                .run(arguments(database, more));
    }

    /** All of them. */
    static String[] arguments(String[] database, String... more) {
        String[] all = Arrays.copyOf(database, database.length + more.length);
        System.arraycopy(more, 0, all, database.length, more.length);
        return all;
    }
}

package dev.dovetail.contract.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** An application with a cached repository, and a clock that only moves when it is told to. */
final class BadgeApplications {

    static final String BADGE = """
            CREATE TABLE badge (id ${identity}, name ${text} NOT NULL, points ${integer} NOT NULL) ${strict}""";

    private static final String ISSUER = "CREATE TABLE issuer (id ${identity}, name ${text} NOT NULL) ${strict}";

    private static final SharedApplications applications =
            SharedApplications.withTables(Repositories.class, BADGE + ";" + ISSUER);

    private BadgeApplications() {}

    /** Time by which results grow old. */
    static final class Clock implements Ticker {

        private final AtomicLong nanos = new AtomicLong();

        @Override
        public long read() {
            return nanos.get();
        }

        void advance(Duration by) {
            nanos.addAndGet(by.toNanos());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\.Badges)"))
    static class Repositories {

        @Bean
        Clock clock() {
            return new Clock();
        }
    }

    /** The same repository, with the clock of the machine. */
    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\.Badges)"))
    static class Plain {}

    static TestApplication on(TestEngine engine) {
        return applications.on(engine);
    }

    static void stop() {
        applications.close();
    }

    /** Three badges: java with 10 points, sql and css with 20. */
    static void reset(TestApplication application) {
        application.template().execute("DELETE FROM badge");
        application
                .template()
                .execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 10), (2, 'sql', 20), (3, 'css', 20)");
        application.template().execute("DELETE FROM issuer");
        application.database().caches().clear();
    }

    /** Reads a badge twice, with something else between; -1 if there is none. */
    static int pointsOf(Badges badges, long id) {
        badges.findById(id);
        badges.count();
        return badges.findById(id).map(Badges.Badge::points).orElse(-1);
    }
}

package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.cache.Cached;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Immutable;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.Repository;

/** What cannot be shared does not start, and says why. */
class CacheRefusalTests {

    static class Mutable {
        @Id
        @Nullable
        Long id;
    }

    record WithList(@Id Long id, List<String> tags) {}

    record WithDate(@Id Long id, Inner inner) {}

    record Inner(Date since) {}

    @SuppressWarnings("ArrayRecordComponent")
    record WithBytes(@Id Long id, byte[] picture) {}

    @Immutable
    static class Promised {
        @Id
        @Nullable
        Long id;

        Set<String> tags = Set.of();
    }

    record Fine(@Id Long id, Instant since, Promised promised) {}

    @Cached
    interface Mutables extends ListCrudRepository<Mutable, Long> {}

    @Cached
    interface Lists extends ListCrudRepository<WithList, Long> {}

    @Cached
    interface Dates extends ListCrudRepository<WithDate, Long> {}

    @Cached
    interface Pictures extends ListCrudRepository<WithBytes, Long> {}

    interface Named {
        String getName();
    }

    static class Renamed implements Named {
        @Id
        @Nullable
        Long id;

        String name = "";

        @Override
        public String getName() {
            return name;
        }
    }

    @Cached
    interface Renames extends Repository<Renamed, Long> {
        List<Named> findByName(String name);
    }

    interface Streams extends Repository<Fine, Long> {
        @Cached
        Stream<Fine> findBySinceAfter(Instant since);
    }

    interface Deletions extends Repository<Fine, Long> {
        @Cached
        int deleteBySince(Instant since);
    }

    @Cached
    interface Fines extends ListCrudRepository<Fine, Long> {}

    @Cached
    interface OddTime extends Repository<Fine, Long> {
        @Cached(ttl = "soon")
        List<Fine> findBySince(Instant since);
    }

    interface OddSize extends Repository<Fine, Long> {
        @Cached(maximumSize = 0)
        List<Fine> findBySince(Instant since);
    }

    @Cached
    interface Excused extends Repository<WithList, Long> {
        @Cached(enabled = false)
        List<WithList> findAll();

        long count();
    }

    private static void start(Class<?> configuration, String... properties) {
        TestApplication.withRepositories(TestEngine.SQLITE, configuration, properties)
                .close();
    }

    private static void isRefused(Class<?> configuration, String... words) {
        assertThatThrownBy(() -> start(configuration))
                .hasStackTraceContaining("cannot be cached")
                .rootCause()
                .hasMessageContainingAll(words);
    }

    @Test
    void aClassThatCanBeChangedIsRefused() {
        isRefused(OfMutables.class, "Mutables", "Mutable.id: not final");
    }

    @Test
    void anInterfaceOfTheEntityIsRefusedAsTheEntityIs() {
        isRefused(OfRenames.class, "Renames.findByName", "Renamed.id: not final");
    }

    @Test
    void whatIsInsideOfItIsRefusedWithItsPath() {
        isRefused(OfLists.class, "Lists.", "WithList.tags: java.util.List");
        isRefused(OfDates.class, "Dates.", "WithDate.inner.since: java.util.Date");
        isRefused(OfPictures.class, "Pictures.", "WithBytes.picture: byte[]");
    }

    @Test
    void whatCannotBeKeptIsRefusedWhereItIsAskedFor() {
        isRefused(OfStreams.class, "Streams.findBySinceAfter", "Stream");
        isRefused(OfDeletions.class, "Deletions.deleteBySince", "changes");
        assertThatThrownBy(() -> start(OfOddTime.class)).hasStackTraceContaining("'soon' is not a valid");
        isRefused(OfOddSize.class, "OddSize.findBySince", "maximumSize must be 1 or more");
    }

    @Test
    void theUsersWordIsTakenAndAnExcusedMethodIsNotLookedAt() {
        start(OfFines.class);
        start(OfExcused.class);
    }

    @Test
    void whenNothingIsCachedThenNothingIsRefused() {
        start(OfMutables.class, "dovetail.cache.enabled=false");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Mutables)"))
    static class OfMutables {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Renames)"))
    static class OfRenames {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Lists)"))
    static class OfLists {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Dates)"))
    static class OfDates {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Pictures)"))
    static class OfPictures {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Streams)"))
    static class OfStreams {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Deletions)"))
    static class OfDeletions {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Fines)"))
    static class OfFines {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$OddTime)"))
    static class OfOddTime {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$OddSize)"))
    static class OfOddSize {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\$Excused)"))
    static class OfExcused {}
}

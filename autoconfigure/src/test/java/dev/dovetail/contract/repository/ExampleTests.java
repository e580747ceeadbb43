package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.ExampleMatcher.GenericPropertyMatchers;
import org.springframework.data.domain.ExampleMatcher.StringMatcher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.query.QueryByExampleExecutor;

/** Queries by example, and what can be asked of them step by step. */
@EngineContract
class ExampleTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE track (id ${identity}, title ${text}, composer ${text}, length ${integer}) ${strict};
            """);

    private final Tracks tracks;

    ExampleTests(TestEngine engine) {
        this.tracks = applications.on(engine).bean(Tracks.class);
    }

    record Track(
            @Id @Nullable Long id,
            @Nullable String title,
            @Nullable String composer,
            @Nullable Integer length) {

        static Track of(@Nullable String title, @Nullable String composer, @Nullable Integer length) {
            return new Track(null, title, composer, length);
        }
    }

    record Title(String title) {}

    interface Tracks extends ListCrudRepository<Track, Long>, QueryByExampleExecutor<Track> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Tracks.class))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void fill() {
        tracks.deleteAll();
        tracks.saveAll(List.of(
                Track.of("Blue 100%", "Miles", 300),
                Track.of("blue 100x", "Miles", 200),
                Track.of("Red", "Nina", 100),
                Track.of("Green", null, null)));
    }

    @Test
    void whenAnExampleIsGivenThenItsValuesMustBeThere() {
        assertThat(titles(Example.of(Track.of(null, "Miles", null))))
                .containsExactlyInAnyOrder("Blue 100%", "blue 100x");
        assertThat(titles(Example.of(Track.of(null, "Miles", 200)))).containsExactly("blue 100x");
        assertThat(titles(Example.of(Track.of("Red", "Miles", null), ExampleMatcher.matchingAny())))
                .containsExactlyInAnyOrder("Red", "Blue 100%", "blue 100x");
        assertThat(titles(Example.of(
                        Track.of("Green", null, null),
                        ExampleMatcher.matching().withIncludeNullValues().withIgnorePaths("id"))))
                .containsExactly("Green");
        assertThat(titles(Example.of(
                        Track.of("nosuch", "Nina", null),
                        ExampleMatcher.matching().withIgnorePaths("title"))))
                .containsExactly("Red");
    }

    @Test
    void whenTextsAreMatchedInPartThenCaseCountsAndWildcardsInValuesDoNot() {
        assertThat(matching("Blue", StringMatcher.STARTING)).containsExactly("Blue 100%");
        assertThat(matching("100%", StringMatcher.ENDING)).containsExactly("Blue 100%");
        assertThat(matching("lue 1", StringMatcher.CONTAINING)).containsExactlyInAnyOrder("Blue 100%", "blue 100x");
        assertThat(matching("0%", StringMatcher.CONTAINING)).containsExactly("Blue 100%");
        assertThat(matching("Red", StringMatcher.EXACT)).containsExactly("Red");
        assertThat(matching("red", StringMatcher.DEFAULT)).isEmpty();
        assertThatThrownBy(() -> matching(".*", StringMatcher.REGEX)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void whenCaseIsIgnoredThenItDoesNotCount() {
        assertThat(titles(Example.of(
                        Track.of("BLUE", null, null),
                        ExampleMatcher.matching().withIgnoreCase().withStringMatcher(StringMatcher.STARTING))))
                .containsExactlyInAnyOrder("Blue 100%", "blue 100x");
        assertThat(titles(Example.of(
                        Track.of("rED", "Nina", null),
                        ExampleMatcher.matching().withMatcher("title", GenericPropertyMatchers.ignoreCase()))))
                .containsExactly("Red");
    }

    @Test
    void whenAValueIsTransformedThenTheNewOneIsLookedFor() {
        assertThat(titles(Example.of(
                        Track.of(null, null, 99),
                        ExampleMatcher.matching()
                                .withTransformer("length", length -> length.map(value -> (Integer) value + 1)))))
                .containsExactly("Red");
    }

    @Test
    void whenOneIsAskedForThenThereMustBeOne() {
        assertThat(tracks.findOne(Example.of(Track.of("Red", null, null))))
                .map(Track::length)
                .contains(100);
        assertThat(tracks.findOne(Example.of(Track.of("nosuch", null, null)))).isEmpty();
        assertThatThrownBy(() -> tracks.findOne(Example.of(Track.of(null, "Miles", null))))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class);
        assertThat(tracks.count(Example.of(Track.of(null, "Miles", null)))).isEqualTo(2);
        assertThat(tracks.exists(Example.of(Track.of(null, "nobody", null)))).isFalse();
    }

    @Test
    void whenExamplesAreSortedOrPagedThenNullsComeLast() {
        Example<Track> any = Example.of(Track.of(null, null, null));
        assertThat(tracks.findAll(any, Sort.by("length")))
                .extracting(Track::length)
                .containsExactly(100, 200, 300, null);
        Page<Track> page = tracks.findAll(any, PageRequest.of(1, 3, Sort.by("length")));
        assertThat(page.getContent()).extracting(Track::title).containsExactly("Green");
        assertThat(page.getTotalElements()).isEqualTo(4);
    }

    @Test
    void whenAQueryIsBuiltStepByStepThenEachStepCounts() {
        Example<Track> miles = Example.of(Track.of(null, "Miles", null));
        assertThat(tracks.<Track, List<Track>>findBy(
                        miles, query -> query.sortBy(Sort.by("length")).all()))
                .extracting(Track::length)
                .containsExactly(200, 300);
        assertThat(tracks.<Track, List<Track>>findBy(
                        miles,
                        query -> query.sortBy(Sort.by("length").descending())
                                .limit(1)
                                .all()))
                .extracting(Track::length)
                .containsExactly(300);
        assertThat(tracks.<Track, Optional<Track>>findBy(
                        miles, query -> query.sortBy(Sort.by("length")).first()))
                .map(Track::length)
                .contains(200);
        assertThat(tracks.<Track, List<Title>>findBy(
                        miles,
                        query -> query.as(Title.class).sortBy(Sort.by("length")).all()))
                .containsExactly(new Title("blue 100x"), new Title("Blue 100%"));
        assertThat(tracks.<Track, List<Track>>findBy(
                        miles, query -> query.project("title").all()))
                .extracting(Track::title)
                .containsExactlyInAnyOrder("Blue 100%", "blue 100x");
        Page<Track> page = tracks.findBy(miles, query -> query.page(PageRequest.of(1, 1, Sort.by("length"))));
        assertThat(page.getContent()).extracting(Track::length).containsExactly(300);
        assertThat(page.getTotalElements()).isEqualTo(2);
        assertThat(tracks.<Track, Long>findBy(miles, query -> query.stream().count()))
                .isEqualTo(2);
        assertThat(tracks.<Track, Long>findBy(miles, query -> query.count())).isEqualTo(2);
        assertThat(tracks.<Track, Boolean>findBy(miles, query -> query.exists()))
                .isTrue();
        assertThatThrownBy(() -> tracks.<Track, Optional<Track>>findBy(miles, query -> query.one()))
                .isInstanceOf(IncorrectResultSizeDataAccessException.class);
    }

    private List<String> matching(String title, StringMatcher matcher) {
        return titles(Example.of(
                Track.of(title, null, null), ExampleMatcher.matching().withStringMatcher(matcher)));
    }

    private List<String> titles(Example<Track> example) {
        return Stream.of(tracks.findAll(example))
                .flatMap(found -> {
                    List<String> titles = new java.util.ArrayList<>();
                    found.forEach(track -> titles.add(String.valueOf(track.title())));
                    return titles.stream();
                })
                .toList();
    }
}

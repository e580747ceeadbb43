package dev.dovetail.contract.repository;

import dev.dovetail.contract.MovedClock;
import dev.dovetail.repository.SoftDelete;
import dev.dovetail.repository.SoftDeleteRepository;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;
import org.springframework.data.repository.query.QueryByExampleExecutor;

/** Entities that are deleted softly: with a version, with children, and with an id of two columns. */
final class Members {

    static final String TABLES = """
            CREATE TABLE member (
              id ${identity}, name ${text} NOT NULL, city ${text}, version ${bigint} NOT NULL, deleted_at ${timestamp}
            ) ${strict};
            CREATE UNIQUE INDEX member_name ON member (name) WHERE deleted_at IS NULL;
            CREATE TABLE club (id ${identity}, title ${text} NOT NULL, closed ${timestamp}) ${strict};
            CREATE TABLE room (
              club ${bigint} NOT NULL REFERENCES club (id), club_key ${integer} NOT NULL, label ${text} NOT NULL
            ) ${strict};
            CREATE TABLE seat (
              hall ${text} NOT NULL, number ${integer} NOT NULL, owner ${text} NOT NULL, deleted_at ${timestamp},
              PRIMARY KEY (hall, number)
            ) ${strict};
            """;

    private static final MovedClock CLOCK = new MovedClock(Instant.EPOCH);

    private Members() {}

    static void itIs(Instant time) {
        CLOCK.set(time);
    }

    @SoftDelete
    record Member(
            @Id @Nullable Long id,
            String name,
            @Nullable String city,
            @Version long version,
            @Nullable Instant deletedAt) {

        static Member of(String name, @Nullable String city) {
            return new Member(null, name, city, 0, null);
        }

        long key() {
            return Objects.requireNonNull(id);
        }

        Member in(String newCity) {
            return new Member(id, name, newCity, version, deletedAt);
        }

        Member alive() {
            return new Member(id, name, city, version, null);
        }
    }

    record Room(String label) {}

    @SoftDelete(property = "closed")
    record Club(
            @Id @Nullable Long id,
            String title,
            @Nullable Instant closed,

            @MappedCollection(idColumn = "club", keyColumn = "club_key")
            List<Room> rooms) {

        static Club of(String title, String... labels) {
            return new Club(null, title, null, Stream.of(labels).map(Room::new).toList());
        }

        long key() {
            return Objects.requireNonNull(id);
        }

        Club called(String newTitle) {
            return new Club(id, newTitle, closed, rooms);
        }
    }

    record Place(String hall, int number) {}

    @SoftDelete
    record Seat(@Id Place id, String owner, @Nullable Instant deletedAt) {}

    /** A projection. */
    interface Named {

        String getName();

        // Spring Data reads only what is shown, and the entity cannot be made without it.
        long getVersion();
    }

    interface MemberRepository
            extends ListCrudRepository<Member, Long>,
                    ListPagingAndSortingRepository<Member, Long>,
                    QueryByExampleExecutor<Member>,
                    SoftDeleteRepository<Member, Long> {

        List<Member> findByNameOrCity(String name, String city);

        List<Member> findByNameIgnoreCaseOrCityOrderByNameDesc(String name, String city);

        List<Member> findByNameOrCityAllIgnoreCase(String name, String city);

        List<Member> findAllByOrderByName();

        Optional<Member> findFirstByOrderByNameDesc();

        List<Member> findTop2ByCityOrderByName(String city);

        List<Named> findByCity(String city, Sort sort, Limit limit);

        Page<Member> findPageByCityOrName(String city, String name, Pageable page);

        Slice<Member> findSliceByCity(String city, Pageable page);

        Stream<Member> streamByCityOrName(String city, String name);

        Window<Member> findFirst2ByNameOrCityOrderByName(String name, String city, ScrollPosition position);

        long countByNameOrCity(String name, String city);

        boolean existsByNameOrCity(String name, String city);

        int deleteByNameOrCity(String name, String city);

        boolean removeByName(String name);

        long deleteByCityIsNull();

        @Query("SELECT * FROM member WHERE name = :name")
        List<Member> ofOwnSql(String name);
    }

    interface ClubRepository extends ListCrudRepository<Club, Long>, SoftDeleteRepository<Club, Long> {}

    interface SeatRepository extends ListCrudRepository<Seat, Place>, SoftDeleteRepository<Seat, Place> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {MemberRepository.class, ClubRepository.class, SeatRepository.class}))
    static class Repositories {

        @Bean
        MovedClock clock() {
            return CLOCK;
        }
    }
}

package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.repository.Members.Club;
import dev.dovetail.contract.repository.Members.ClubRepository;
import dev.dovetail.contract.repository.Members.Member;
import dev.dovetail.contract.repository.Members.MemberRepository;
import dev.dovetail.contract.repository.Members.Place;
import dev.dovetail.contract.repository.Members.Seat;
import dev.dovetail.contract.repository.Members.SeatRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;

/** What is deleted softly stays, comes back whole, and goes for good only when it is told to. */
@EngineContract
class SoftDeleteChangeTests {

    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00.123456Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T10:00:00Z");

    private static final SharedApplications applications =
            SharedApplications.withTables(Members.Repositories.class, Members.TABLES);

    private final TestApplication application;
    private final MemberRepository members;
    private final ClubRepository clubs;
    private final SeatRepository seats;

    SoftDeleteChangeTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.members = application.bean(MemberRepository.class);
        this.clubs = application.bean(ClubRepository.class);
        this.seats = application.bean(SeatRepository.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("member", "room", "club", "seat")) {
            application.jdbc().sql("DELETE FROM " + table).update();
        }
        Members.itIs(MONDAY);
    }

    private long rows(String table) {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    private Member save(String name) {
        return members.save(Member.of(name, "Rome"));
    }

    @Test
    void whenOneIsDeletedThenTheTimeIsThatOfTheClockAndTheFirstOneStays() {
        long id = save("ann").key();
        members.deleteById(id);
        Members.itIs(TUESDAY);
        members.deleteById(id);
        members.deleteAll();
        assertThat(members.findDeletedById(id)).map(Member::deletedAt).contains(MONDAY);
    }

    @Test
    void whenManyAreDeletedByAnyMethodThenTheyAllAreAndOthersAreNot() {
        List<Member> saved = members.saveAll(
                IntStream.range(0, 1201).mapToObj(i -> Member.of("m" + i, null)).toList());
        Member other = save("other");
        members.deleteAllById(saved.subList(0, 1100).stream().map(Member::key).toList());
        assertThat(members.count()).isEqualTo(102);
        members.deleteAll(saved.subList(1100, 1150));
        assertThat(members.count()).isEqualTo(52);
        assertThat(members.deleteByCityIsNull()).isEqualTo(51);
        assertThat(members.findAll()).containsExactly(other);
        members.deleteAll();
        assertThat(members.count()).isZero();
        assertThat(members.countDeleted()).isEqualTo(1202);
        assertThat(members.purge(MONDAY.plusNanos(1000))).isEqualTo(1202);
        assertThat(rows("member")).isZero();
    }

    @Test
    void whenDeletionIsDerivedThenItTellsHowManyLived() {
        save("ann");
        save("bob");
        members.delete(save("rex"));
        assertThat(members.removeByName("rex")).isFalse();
        assertThat(members.removeByName("ann")).isTrue();
        assertThat(members.deleteByNameOrCity("ann", "Rome")).isEqualTo(1);
        assertThat(rows("member")).isEqualTo(3);
    }

    @Test
    void whenTheVersionIsStaleThenNothingIsDeleted() {
        Member read = save("ann");
        Member changed = members.save(read.in("Oslo"));
        assertThatThrownBy(() -> members.delete(read)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(members.findById(read.key())).contains(changed);
        members.delete(changed);
        assertThatThrownBy(() -> members.delete(changed)).isInstanceOf(OptimisticLockingFailureException.class);
        Member other = save("bob");
        assertThatThrownBy(() -> members.deleteAll(List.of(other, changed)))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(members.findById(other.key())).contains(other);
    }

    @Test
    void whenADeletedOneIsSavedThenItIsRefusedAndStaysDeleted() {
        Member ann = save("ann");
        members.delete(ann);
        Member found = members.findDeletedById(ann.key()).orElseThrow();
        JdbcAggregateTemplate template = application.bean(JdbcAggregateTemplate.class);

        assertThatThrownBy(() -> members.save(ann.in("Oslo"))).isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> members.save(found.alive())).isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> members.save(found))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("deletedAt");
        assertThatThrownBy(() -> template.insert(found)).isInstanceOf(DuplicateKeyException.class);
        assertThat(members.findDeletedById(ann.key())).contains(found);

        Club club = clubs.save(Club.of("chess", "a", "b"));
        clubs.delete(club);
        assertThatThrownBy(() -> clubs.save(club.called("go"))).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(clubs.findDeletedById(club.key())).map(Club::title).contains("chess");
        assertThat(rows("room")).isEqualTo(2);

        Seat seat = new Seat(new Place("x", 1), "ann", null);
        template.upsert(seat);
        template.upsert(new Seat(seat.id(), "bob", null));
        assertThat(seats.findById(seat.id())).map(Seat::owner).contains("bob");
        seats.delete(seat);
        assertThatThrownBy(() -> template.upsert(seat)).isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void whenAUniqueValueIsTakenMeanwhileThenRestoringIsRefused() {
        Member ann = save("ann");
        members.delete(ann);
        Member second = save("ann");
        assertThatThrownBy(() -> save("ann")).isInstanceOf(DuplicateKeyException.class);

        assertThatThrownBy(() -> members.restore(ann.key())).isInstanceOf(DuplicateKeyException.class);
        assertThat(members.findDeletedById(ann.key())).map(Member::deletedAt).contains(MONDAY);

        members.delete(second);
        assertThat(members.restore(ann.key())).isTrue();
        assertThat(members.restore(ann.key())).isFalse();
        Member back = members.findById(ann.key()).orElseThrow();
        assertThat(back.version()).isEqualTo(ann.version() + 2);
        assertThat(members.save(back.in("Oslo")).city()).isEqualTo("Oslo");
    }

    @Test
    void whenAnAggregateIsDeletedThenItsChildrenStayAndComeBackAndGoWithIt() {
        Club chess = clubs.save(Club.of("chess", "a", "b"));
        Club go = clubs.save(Club.of("go", "c"));
        clubs.deleteAll(List.of(chess));
        assertThat(clubs.findAll()).containsExactly(go);
        assertThat(rows("room")).isEqualTo(3);
        assertThat(clubs.findDeleted()).extracting(Club::rooms).containsExactly(chess.rooms());
        assertThat(clubs.restore(chess.key())).isTrue();
        assertThat(clubs.findById(chess.key())).contains(chess);

        clubs.deleteAll();
        assertThat(clubs.purgeById(chess.key())).isTrue();
        assertThat(clubs.purgeById(chess.key())).isFalse();
        assertThat(rows("room")).isEqualTo(1);
        assertThat(clubs.purge(MONDAY)).isZero();
        assertThat(clubs.purge(TUESDAY)).isEqualTo(1);
        assertThat(rows("room") + rows("club")).isZero();
    }

    @Test
    void whenAggregatesAreDeletedOrPurgedThenTheirEventsArePublished() {
        List<String> told = new ArrayList<>();
        ApplicationListener<ApplicationEvent> listener =
                event -> told.add(event.getClass().getSimpleName());
        application.context().addApplicationListener(listener);
        try {
            Club chess = clubs.save(Club.of("chess", "a"));
            told.clear();
            clubs.delete(chess);
            clubs.deleteById(chess.key());
            assertThat(told)
                    .containsExactly("BeforeDeleteEvent", "AfterDeleteEvent", "BeforeDeleteEvent", "AfterDeleteEvent");
            told.clear();
            clubs.purgeById(chess.key());
            assertThat(told).endsWith("BeforeDeleteEvent", "AfterDeleteEvent");
        } finally {
            application.context().removeApplicationListener(listener);
        }
    }

    @Test
    void whenOneLivesThenItIsNotPurged() {
        Club chess = clubs.save(Club.of("chess", "a"));
        assertThat(clubs.purgeById(chess.key())).isFalse();
        assertThat(clubs.purge(TUESDAY)).isZero();
        assertThat(clubs.findById(chess.key())).contains(chess);
    }

    @Test
    void whenTheIdHasTwoColumnsThenOnlyTheRowWithBothIsMeant() {
        JdbcAggregateTemplate template = application.bean(JdbcAggregateTemplate.class);
        List<Seat> saved = new ArrayList<>();
        for (String hall : List.of("x", "y")) {
            for (int number = 1; number <= 60; number++) {
                saved.add(template.insert(new Seat(new Place(hall, number), "ann", null)));
            }
        }
        Place gone = new Place("x", 2);
        seats.deleteById(gone);
        assertThat(seats.count()).isEqualTo(119);
        assertThat(seats.existsById(gone)).isFalse();
        assertThat(seats.findById(new Place("y", 2))).isPresent();
        List<Place> all = saved.stream().map(Seat::id).toList();
        assertThat(seats.findAllById(all)).hasSize(119);
        assertThat(seats.restore(gone)).isTrue();
        seats.deleteAllById(all.subList(0, 100));
        assertThat(seats.findAll()).extracting(Seat::id).containsExactlyInAnyOrderElementsOf(all.subList(100, 120));
        assertThat(seats.purgeById(gone)).isTrue();
        assertThat(seats.purge(TUESDAY)).isEqualTo(99);
        assertThat(rows("seat")).isEqualTo(20);
    }

    @Test
    void whenOneIsDeletedAndUpdatedAtOnceThenOneOfThemWins() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 20; i++) {
                Member read = save("m" + i);
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Boolean> deleted = workers.submit(() -> wins(together, () -> members.delete(read)));
                Future<Boolean> updated = workers.submit(() -> wins(together, () -> members.save(read.in("Oslo"))));
                assertThat(deleted.get()).isNotEqualTo(updated.get());
                assertThat(members.existsById(read.key())).isEqualTo(updated.get());
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static boolean wins(CyclicBarrier together, Runnable change) throws Exception {
        together.await();
        try {
            change.run();
            return true;
        } catch (OptimisticLockingFailureException e) {
            return false;
        }
    }
}

package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.repository.Members.Member;
import dev.dovetail.contract.repository.Members.MemberRepository;
import dev.dovetail.contract.repository.Members.Named;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;

/** What was deleted softly is found by nothing: ann and bob of Rome live, rex of Rome and zoe of Oslo are deleted. */
@EngineContract
class SoftDeleteTests {

    private static final SharedApplications applications =
            SharedApplications.withTables(Members.Repositories.class, Members.TABLES);
    private static final Sort BY_NAME = Sort.by("name");

    private final TestApplication application;
    private final MemberRepository members;

    SoftDeleteTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.members = application.bean(MemberRepository.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    private Member ann = Member.of("ann", "Rome");
    private Member bob = Member.of("bob", "Rome");
    private Member rex = Member.of("rex", "Rome");
    private Member zoe = Member.of("zoe", "Oslo");

    @BeforeEach
    void fill() {
        application.jdbc().sql("DELETE FROM member").update();
        List<Member> saved = members.saveAll(List.of(ann, bob, rex, zoe));
        ann = saved.get(0);
        bob = saved.get(1);
        rex = saved.get(2);
        zoe = saved.get(3);
        members.deleteAll(List.of(rex, zoe));
    }

    @Test
    void whenRowsAreDeletedThenTheyStayInTheTable() {
        assertThat(application
                        .jdbc()
                        .sql("SELECT count(*) FROM member WHERE deleted_at IS NOT NULL")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(members.ofOwnSql("rex")).hasSize(1);
    }

    @Test
    void whenCrudMethodsLookThenDeletedRowsAreNotThere() {
        assertThat(members.findById(ann.key())).contains(ann);
        assertThat(members.findById(rex.key())).isEmpty();
        assertThat(members.existsById(ann.key())).isTrue();
        assertThat(members.existsById(rex.key())).isFalse();
        assertThat(members.count()).isEqualTo(2);
        assertThat(members.findAll()).containsExactlyInAnyOrder(ann, bob);
        assertThat(members.findAll(BY_NAME.descending())).containsExactly(bob, ann);
        assertThat(members.findAllById(List.of(rex.key(), bob.key(), zoe.key(), bob.key())))
                .containsExactly(bob);
        assertThat(members.findAllById(List.of())).isEmpty();
        Page<Member> page = members.findAll(PageRequest.of(1, 1, BY_NAME));
        assertThat(page.getContent()).containsExactly(bob);
        assertThat(page.getTotalElements()).isEqualTo(2);
    }

    @Test
    void whenQueriesAreDerivedThenNoAlternativeShowsDeletedRows() {
        assertThat(members.findByNameOrCity("zoe", "Rome")).containsExactlyInAnyOrder(ann, bob);
        assertThat(members.findByNameOrCity("rex", "Oslo")).isEmpty();
        assertThat(members.findByNameIgnoreCaseOrCityOrderByNameDesc("ZOE", "Rome"))
                .containsExactly(bob, ann);
        assertThat(members.findByNameOrCityAllIgnoreCase("ZOE", "ROME")).containsExactlyInAnyOrder(ann, bob);
        assertThat(members.findAllByOrderByName()).containsExactly(ann, bob);
        assertThat(members.findFirstByOrderByNameDesc()).contains(bob);
        assertThat(members.findTop2ByCityOrderByName("Rome")).containsExactly(ann, bob);
        assertThat(members.findByCity("Rome", BY_NAME.descending(), Limit.of(5)))
                .extracting(Named::getName)
                .containsExactly("bob", "ann");
        assertThat(members.countByNameOrCity("zoe", "Rome")).isEqualTo(2);
        assertThat(members.existsByNameOrCity("rex", "Oslo")).isFalse();
        assertThat(members.existsByNameOrCity("rex", "Rome")).isTrue();
    }

    @Test
    void whenPagesAndStreamsAreReadThenTheyCountWhatLives() {
        Page<Member> page = members.findPageByCityOrName("Rome", "zoe", PageRequest.of(0, 1, BY_NAME));
        assertThat(page.getContent()).containsExactly(ann);
        assertThat(page.getTotalElements()).isEqualTo(2);
        Slice<Member> slice = members.findSliceByCity("Rome", PageRequest.of(0, 2, BY_NAME));
        assertThat(slice.getContent()).containsExactly(ann, bob);
        assertThat(slice.hasNext()).isFalse();
        assertThat(application.transaction().<List<Member>>execute(status -> {
                    try (Stream<Member> streamed = members.streamByCityOrName("Oslo", "ann")) {
                        return streamed.toList();
                    }
                }))
                .containsExactly(ann);
    }

    @Test
    void whenWindowsAreReadThenDeletedRowsAreInNone() {
        Window<Member> first = members.findFirst2ByNameOrCityOrderByName("zoe", "Rome", ScrollPosition.keyset());
        assertThat(first.getContent()).containsExactly(ann, bob);
        assertThat(first.hasNext()).isFalse();
        assertThat(members.findFirst2ByNameOrCityOrderByName("zoe", "Rome", first.positionAt(0))
                        .getContent())
                .containsExactly(bob);
    }

    @Test
    void whenExamplesAreSoughtThenDeletedRowsMatchNone() {
        Example<Member> anyOf = Example.of(
                Member.of("zoe", "Rome"), ExampleMatcher.matchingAny().withIgnorePaths("version", "id", "deletedAt"));
        assertThat(members.findAll(anyOf, BY_NAME)).containsExactly(ann, bob);
        assertThat(members.findAll(anyOf, PageRequest.of(0, 1, BY_NAME)).getTotalElements())
                .isEqualTo(2);
        assertThat(members.count(anyOf)).isEqualTo(2);
        Example<Member> deleted = Example.of(
                Member.of("zoe", "Oslo"), ExampleMatcher.matching().withIgnorePaths("version", "id", "deletedAt"));
        assertThat(members.exists(deleted)).isFalse();
        assertThat(members.findOne(deleted)).isEmpty();
        Window<Member> window =
                members.findBy(anyOf, query -> query.sortBy(BY_NAME).limit(1).scroll(ScrollPosition.keyset()));
        assertThat(window.getContent()).containsExactly(ann);
        Long count = members.findBy(anyOf, query -> query.count());
        assertThat(count).isEqualTo(2);
        List<Member> all = members.findBy(anyOf, query -> query.sortBy(BY_NAME).all());
        assertThat(all).containsExactly(ann, bob);
    }

    @Test
    void whenTheTemplateLooksThenDeletedRowsAreNotThere() {
        JdbcAggregateTemplate template = application.bean(JdbcAggregateTemplate.class);
        Query anyOf = Query.query(
                Criteria.where("name").is("zoe").or(Criteria.where("city").is("Rome")));
        assertThat(template.findById(rex.key(), Member.class)).isNull();
        assertThat(template.findAll(anyOf.sort(BY_NAME), Member.class)).containsExactly(ann, bob);
        assertThat(template.findAll(anyOf.sort(BY_NAME).limit(1).offset(1), Member.class))
                .containsExactly(bob);
        assertThat(template.count(anyOf, Member.class)).isEqualTo(2);
        assertThat(template.exists(Query.query(Criteria.where("name").is("rex")), Member.class))
                .isFalse();
        try (Stream<Member> all = template.streamAll(Member.class);
                Stream<Member> byId = template.streamAllByIds(List.of(rex.key(), ann.key()), Member.class);
                Stream<Member> sorted = template.streamAll(Member.class, BY_NAME)) {
            assertThat(all).hasSize(2);
            assertThat(byId).containsExactly(ann);
            assertThat(sorted).containsExactly(ann, bob);
        }
    }

    @Test
    void whenDeletedOnesAreAskedForThenOnlyTheyAreThere() {
        assertThat(members.findDeleted()).extracting(Member::name).containsExactlyInAnyOrder("rex", "zoe");
        assertThat(members.countDeleted()).isEqualTo(2);
        assertThat(members.findDeletedById(ann.key())).isEmpty();
        Member found = members.findDeletedById(rex.key()).orElseThrow();
        assertThat(Objects.requireNonNull(found.deletedAt())).isNotNull();
        assertThat(found.version()).isEqualTo(rex.version() + 1);
    }
}

package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.Badges.Badge;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whoever reads after a change was committed sees it, however it was made. */
class StalenessTests extends StalenessContract {

    StalenessTests(TestEngine engine) {
        super(engine);
    }

    @Test
    void everyWayOfWritingIsSeen() {
        isSeen(() -> badges.save(new Badge(1L, "java", 11)));
        isSeen(() -> badges.award(1, 12));
        isSeen(() -> application
                .jdbc()
                .sql("UPDATE badge SET points = 13 WHERE id = ?")
                .param(1)
                .update());
        isSeen(() -> application
                .template()
                .batchUpdate(
                        "UPDATE badge SET points = 14 WHERE id = 1",
                        "INSERT INTO badge (id, name, points) VALUES (9, 'x', 1)"));
        isSeen(() -> badges.deleteById(9L));
        isSeen(() -> application.database().table("badge").where("id").is(1).update(java.util.Map.of("points", 15)));
        isSeen(() -> badges.saveAll(List.of(new Badge(1L, "java", 16), new Badge(2L, "sql", 17))));
        isSeen(() -> badges.deleteAllById(List.of(1L)));
        isSeen(() -> application.template().execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 18)"));
        isSeen(() -> application.template().execute("DELETE FROM badge"));
        isSeen(() -> application.transaction().executeWithoutResult(status -> badges.saveAll(List.of())));
    }

    @Test
    void aTruncationIsSeen() {
        if (engine == TestEngine.POSTGRESQL) {
            isSeen(() -> application.template().execute("TRUNCATE badge"));
        } else {
            isSeen(() -> application.template().execute("DELETE FROM badge"));
        }
    }

    @Test
    void whatATriggerWritesIsSeen() {
        try {
            application.template().execute(engine == TestEngine.SQLITE ? """
                    CREATE TRIGGER bonus AFTER INSERT ON issuer BEGIN UPDATE badge SET points = points + 100; END""" : """
                    CREATE OR REPLACE FUNCTION bonus() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN UPDATE badge SET points = points + 100; RETURN NEW; END $$;
                    CREATE TRIGGER bonus AFTER INSERT ON issuer FOR EACH ROW EXECUTE FUNCTION bonus()""");
            isSeen(() -> application.template().execute("INSERT INTO issuer (id, name) VALUES (1, 'a')"));
            assertThat(badges.findById(1L).map(Badge::points)).contains(110);
        } finally {
            application
                    .template()
                    .execute(engine == TestEngine.SQLITE ? "DROP TRIGGER bonus" : "DROP TRIGGER bonus ON issuer");
        }
    }

    @Test
    void whatIsReadThroughAViewIsCurrent() {
        application.template().execute("CREATE VIEW rich AS SELECT name FROM badge WHERE points > 15");
        try {
            Supplier<List<String>> rich = () -> application
                    .database()
                    .query("rich")
                    .cached()
                    .run(() -> application
                            .jdbc()
                            .sql("SELECT name FROM rich ORDER BY name")
                            .query(String.class)
                            .list());
            assertThat(rich.get()).containsExactly("css", "sql");
            badges.award(1, 99);
            assertThat(rich.get()).containsExactly("css", "java", "sql");
        } finally {
            application.template().execute("DROP VIEW rich");
        }
    }

    @Test
    void whatACascadeDeletesIsSeen() {
        application.define("""
                CREATE TABLE child (id ${bigint} PRIMARY KEY, badge ${bigint} NOT NULL REFERENCES badge (id) ON DELETE CASCADE) ${strict}
                """);
        try {
            application.template().execute("INSERT INTO child (id, badge) VALUES (1, 1), (2, 2)");
            Supplier<Long> children = () -> application
                    .database()
                    .query("children")
                    .cached()
                    .run(() -> application
                            .jdbc()
                            .sql("SELECT count(*) FROM child")
                            .query(Long.class)
                            .single());
            assertThat(children.get()).isEqualTo(2);
            badges.deleteById(1L);
            assertThat(children.get()).isEqualTo(1);
        } finally {
            application.template().execute("DROP TABLE child");
        }
    }

    @Test
    void anotherTableRemovesNothingAndAnotherRowKeepsWhatIsReadById() {
        readAll();
        application.template().execute("INSERT INTO issuer (id, name) VALUES (1, 'a')");
        application.statements();
        readAll();
        assertThat(application.statements()).isEmpty();

        badges.save(new Badge(2L, "sql", 21));
        application.statements();
        assertThat(badges.findById(1L).map(Badge::points)).contains(10);
        assertThat(application.statements()).isEmpty();
        isExact();
    }

    /** The load has read the old row when a writer commits; what it keeps must not be found afterwards. */
    @Test
    void whatWasReadBeforeACommitIsNotFoundAfterIt() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch committed = new CountDownLatch(1);
        CompletableFuture<Void> slow = OwnThread.run(() -> points(() -> {
            read.countDown();
            await(committed);
        }));
        assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
        badges.award(1, 90);
        committed.countDown();
        slow.join();

        assertThat(points(() -> {})).isEqualTo(90);
    }

    /** Whoever comes after the commit must not take what a load brings that began before it. */
    @Test
    void whoComesAfterACommitDoesNotJoinAnOlderLoad() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> slow = OwnThread.run(() -> points(() -> {
            read.countDown();
            await(go);
        }));
        assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
        badges.award(1, 91);
        CompletableFuture<Void> late =
                OwnThread.run(() -> assertThat(points(() -> {})).isEqualTo(91));
        go.countDown();
        late.get(20, TimeUnit.SECONDS);
        slow.join();
    }

    private int points(Runnable afterwards) {
        return application.database().query("points").key().cached().run(() -> {
            int points = application
                    .jdbc()
                    .sql("SELECT points FROM badge WHERE id = 1")
                    .query(Integer.class)
                    .single();
            afterwards.run();
            return points;
        });
    }

    @Test
    void whatIsInsideOfAnotherDependsOnItsTablesToo() {
        Supplier<Integer> inner = () -> application
                .database()
                .query("inner")
                .cached()
                .run(() -> application
                        .jdbc()
                        .sql("SELECT points FROM badge WHERE id = 1")
                        .query(Integer.class)
                        .single());
        Supplier<Integer> outer = () -> application
                .database()
                .query("outer")
                .key()
                .cached()
                .run(() -> inner.get()
                        + application
                                .jdbc()
                                .sql("SELECT count(*) FROM issuer")
                                .query(Integer.class)
                                .single());
        assertThat(inner.get()).isNotNull();
        assertThat(outer.get()).isEqualTo(10);
        assertThat(application
                        .database()
                        .query("outer")
                        .key()
                        .cached()
                        .runForResult(outer)
                        .origin())
                .isEqualTo(Origin.CACHE);
        badges.award(1, 92);
        assertThat(outer.get()).isEqualTo(92);
        application.template().execute("INSERT INTO issuer (id, name) VALUES (1, 'a')");
        assertThat(outer.get()).isEqualTo(93);
        assertThat(badges.summary(1)).isEqualTo("java:92");
        badges.award(1, 93);
        assertThat(badges.summary(1)).isEqualTo("java:93");
    }
}

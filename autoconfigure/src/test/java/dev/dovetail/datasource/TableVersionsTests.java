package dev.dovetail.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.StatementTables;
import dev.dovetail.engine.StatementTables.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The protocol step by step, without a database: what is current before, while and after something is committed. */
class TableVersionsTests {

    private final TableVersions versions = new TableVersions();

    private static StatementTables write(String table, Effect effect) {
        return new StatementTables(Set.of(), Set.of(table), false, false, true, false, effect);
    }

    private TableChanges changing(StatementTables statement, @Nullable Object row) {
        TableChanges changes = new TableChanges();
        changes.add(versions, statement, row);
        return changes;
    }

    private TableChanges changing(String table) {
        return changing(write(table, Effect.ANY_ROWS), null);
    }

    private void commit(TableChanges changes) {
        versions.committing(changes);
        versions.committed(changes);
    }

    private TableStamp read(String... tables) {
        try (TableReading reading = TableReading.of(versions)) {
            observe(StatementTables.reading(Set.of(tables)));
            return kept(reading.stamp());
        }
    }

    private TableStamp readRow(Object id, boolean found) {
        try (TableReading reading = TableReading.of(versions)) {
            observe(StatementTables.reading(Set.of("item")));
            return kept(reading.stampOfRow(id, found));
        }
    }

    private void observe(StatementTables statement) {
        TableReading.statement(versions, statement, versions.now(), false, statement.writes());
    }

    private static TableStamp kept(@Nullable TableStamp stamp) {
        return Objects.requireNonNull(stamp);
    }

    @Test
    void isCurrentUntilItsTableChanges() {
        TableStamp items = read("item");
        TableStamp both = read("item", "owner");

        commit(changing("owner"));

        assertThat(items.isCurrent()).isTrue();
        assertThat(both.isCurrent()).isFalse();
        assertThat(read("item", "owner").isCurrent()).isTrue();
    }

    @Test
    void isNotCurrentWhileAnybodyCommits() {
        TableStamp before = read("item");
        TableChanges first = changing("item");
        TableChanges second = changing("item");
        versions.committing(first);
        assertThat(before.isCurrent()).isFalse();
        TableStamp between = read("item");
        assertThat(between.isCurrent())
                .as("it may have been read before or after the commit")
                .isFalse();

        versions.committing(second);
        versions.committed(first);
        assertThat(read("item").isCurrent()).as("the second still commits").isFalse();
        versions.committed(second);

        assertThat(before.isCurrent()).isFalse();
        assertThat(between.isCurrent()).isFalse();
        assertThat(read("item").isCurrent()).isTrue();
    }

    @Test
    void whatWasReadFromAnOldSnapshotIsNotCurrent() {
        long snapshot = versions.now();
        commit(changing("item"));
        try (TableReading reading = TableReading.of(versions)) {
            TableReading.statement(versions, StatementTables.reading(Set.of("item")), snapshot, false, false);
            assertThat(kept(reading.stamp()).isCurrent()).isFalse();
        }
    }

    @Test
    void aChangeDuringTheReadingCounts() {
        try (TableReading reading = TableReading.of(versions)) {
            observe(StatementTables.reading(Set.of("owner")));
            commit(changing("item"));
            observe(StatementTables.reading(Set.of("item")));
            assertThat(kept(reading.stamp()).isCurrent()).isFalse();
        }
    }

    @Test
    void aKnownRowMovesOnlyWhatWasReadOfIt() {
        TableStamp one = readRow(1L, true);
        TableStamp two = readRow(2L, true);
        TableStamp all = read("item");

        commit(changing(write("item", Effect.NAMED_ROWS), 1));

        assertThat(one.isCurrent()).isFalse();
        assertThat(two.isCurrent()).isTrue();
        assertThat(all.isCurrent()).isFalse();

        commit(changing(write("item", Effect.NAMED_ROWS), null));
        assertThat(two.isCurrent()).as("which rows is not known").isFalse();
    }

    @Test
    void idsOfDifferentWidthAreTheSameRow() {
        for (Number id : List.<Number>of(-1, -70000, 5, Integer.MIN_VALUE)) {
            TableStamp wide = readRow(id.longValue(), true);
            commit(changing(write("item", Effect.NAMED_ROWS), id));
            assertThat(wide.isCurrent()).as("%s", id).isFalse();
        }
    }

    @Test
    void aNewRowMovesOnlyWhatFoundNone() {
        UUID id = UUID.randomUUID();
        TableStamp found = readRow(UUID.randomUUID(), true);
        TableStamp missing = readRow(id, false);

        commit(changing(write("item", Effect.NEW_ROWS), null));

        assertThat(found.isCurrent()).isTrue();
        assertThat(missing.isCurrent()).isFalse();
    }

    @Test
    void aRowOfSeveralTablesOrStatementsDependsOnAllOfThem() {
        try (TableReading reading = TableReading.of(versions)) {
            observe(StatementTables.reading(Set.of("item")));
            observe(StatementTables.reading(Set.of("item")));
            TableStamp stamp = kept(reading.stampOfRow(1L, true));
            commit(changing(write("item", Effect.NAMED_ROWS), 2L));
            assertThat(stamp.isCurrent()).isFalse();
        }
    }

    @Test
    void whatMayReadAnythingDependsOnEveryChange() {
        try (TableReading reading = TableReading.of(versions)) {
            observe(new StatementTables(Set.of(), Set.of(), true, false, true, false, Effect.ANY_ROWS));
            TableStamp stamp = kept(reading.stamp());
            commit(changing(write("other", Effect.NEW_ROWS), null));
            assertThat(stamp.isCurrent()).isFalse();
        }
    }

    @Test
    void whatMayWriteAnythingMovesEverything() {
        TableStamp row = readRow(1L, true);
        commit(changing(StatementTables.UNKNOWN, null));
        assertThat(row.isCurrent()).isFalse();
        assertThat(readRow(1L, true).isCurrent()).isTrue();
    }

    @Test
    void nothingIsKeptOfWritesOfLocksOfReplicasAndOfNothing() {
        try (TableReading reading = TableReading.of(versions)) {
            assertThat(reading.stamp()).as("nothing was read here").isNull();
            observe(write("item", Effect.ANY_ROWS));
            assertThat(reading.stamp()).isNull();
            assertThat(reading.hasWritten()).isTrue();
        }
        try (TableReading reading = TableReading.of(versions)) {
            observe(new StatementTables(Set.of("item"), Set.of(), false, false, false, false, Effect.ANY_ROWS));
            assertThat(reading.stamp()).isNull();
        }
        try (TableReading reading = TableReading.of(versions)) {
            TableReading.statement(versions, StatementTables.reading(Set.of("item")), versions.now(), true, false);
            assertThat(reading.stamp()).as("from a replica").isNull();
        }
        try (TableReading reading = TableReading.of(new TableVersions())) {
            observe(StatementTables.reading(Set.of("item")));
            assertThat(reading.stamp()).as("from another database").isNull();
        }
    }

    @Test
    void whatIsInsideDependsOnTheSame() {
        TableStamp kept = read("owner");
        try (TableReading outer = TableReading.of(versions)) {
            try (TableReading inner = TableReading.of(versions)) {
                observe(StatementTables.reading(Set.of("item")));
                assertThat(kept(inner.stamp()).tables()).containsExactly("item");
            }
            TableReading.include(kept, Long.MAX_VALUE);
            TableStamp stamp = kept(outer.stamp());
            assertThat(stamp.tables()).containsExactlyInAnyOrder("item", "owner");
            commit(changing("owner"));
            assertThat(stamp.isCurrent()).isFalse();
        }
        assertThat(TableReading.isActive()).isFalse();
    }

    @Test
    void nothingIsCurrentWhileOthersAreNotHeard() {
        TableStamp before = read("item");
        versions.suspend();
        assertThat(before.isCurrent()).isFalse();
        assertThat(before.isCurrentHere()).isTrue();
        assertThat(read("item").isCurrent()).isFalse();
        versions.resume();
        assertThat(before.isCurrent())
                .as("others may have changed it meanwhile")
                .isFalse();
        assertThat(read("item").isCurrent()).isTrue();
    }

    @Test
    void whatOthersChangedMoves() {
        TableStamp item = read("item");
        TableStamp owner = readRow(1L, true);
        versions.move(List.of("item"));
        assertThat(item.isCurrent()).isFalse();
        assertThat(owner.isCurrent()).isFalse();
        TableStamp again = read("item");
        versions.moveAll();
        assertThat(again.isCurrent()).isFalse();
    }

    @Test
    void anUnknownOutcomeKeepsItsTablesFromBeingCurrentUntilItsTime() {
        TableChanges changes = changing("item");
        versions.committing(changes);
        versions.undecided(changes, Duration.ofMinutes(15));
        versions.settle();
        assertThat(read("item").isCurrent()).isFalse();

        TableChanges over = changing("owner");
        versions.committing(over);
        versions.undecided(over, Duration.ZERO);
        versions.settle();
        assertThat(read("owner").isCurrent()).isTrue();
    }
}

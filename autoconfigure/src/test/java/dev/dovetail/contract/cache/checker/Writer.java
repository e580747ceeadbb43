package dev.dovetail.contract.cache.checker;

import static dev.dovetail.contract.cache.checker.CheckedSchema.GROUPS;
import static dev.dovetail.contract.cache.checker.CheckedSchema.ITEMS;
import static dev.dovetail.contract.cache.checker.CheckedSchema.LOGS;
import static dev.dovetail.contract.cache.checker.CheckedSchema.NEVER;
import static dev.dovetail.contract.cache.checker.CheckedSchema.NOTES;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.checker.CheckedSchema.Item;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes items' versions larger in every way there is, and tells how far when the commit has returned. Used by one thread. */
final class Writer {

    private static final long HELD_NANOS = 1_000_000;
    private static final String INCREMENT = "UPDATE item SET version = version + 1 WHERE id = ?";
    private static final String ROLLED_BACK = "UPDATE item SET version = version + " + NEVER + " WHERE id = ?";

    private final TestEngine engine;
    private final CheckedRepositories.Items items;
    private final CachedReads reads;
    private final Known known;
    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;
    private final TransactionTemplate readOnly;
    private final TransactionTemplate nested;
    private final TransactionTemplate requiresNew;
    private final RowsThatGo removing;
    private final SplittableRandom random;

    Writer(TestApplication application, TestEngine engine, CachedReads reads, Known known, int seed) {
        this.engine = engine;
        this.items = application.bean(CheckedRepositories.Items.class);
        this.reads = reads;
        this.known = known;
        this.jdbc = application.jdbc();
        this.template = application.template();
        this.transaction = application.transaction();
        this.readOnly = application.readOnlyTransaction();
        this.nested = application.transaction(TransactionDefinition.PROPAGATION_NESTED);
        this.requiresNew = application.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.removing = new RowsThatGo(application, engine, known);
        this.random = new SplittableRandom(seed);
    }

    void writeSomething() {
        int id = random.nextInt(random.nextInt(4) > 0 ? GROUPS : ITEMS);
        known.recent().add(id);
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> save(id);
            case 3 -> updateByItself(id);
            case 4 -> updateReturning(id);
            case 5 -> updateForLong(id);
            case 6 -> updateInBatch(id);
            case 7 -> rollBack(id);
            case 8 -> rollBackToSavepoint(id);
            case 9 -> updateInside(id);
            case 10 -> log(random.nextInt(LOGS));
            case 11 -> removing.changeNote(random.nextInt(NOTES));
            default -> removing.changeWiped();
        }
        known.verdicts().written();
    }

    private void committed(int id, long version, String writer) {
        known.items().committed(id, version, writer);
        known.recent().add(id);
    }

    private long increase(int id) {
        jdbc.sql(INCREMENT).param(id).update();
        return version(id);
    }

    private long version(int id) {
        return jdbc.sql("SELECT version FROM item WHERE id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    private void save(int id) {
        long written = required(transaction.execute(status -> {
            lock(id);
            Item found = reads.item(id);
            if (found.version() != version(id)) {
                known.verdicts()
                        .violated("findById of %d in a transaction that writes: an update is lost".formatted(id));
            }
            Item next = new Item(found.id(), found.grp(), found.version() + 1);
            items.save(next);
            if (reads.item(id).version() != next.version()) {
                known.verdicts().violated("A transaction did not see what it had saved");
            }
            return next.version();
        }));
        committed(id, written, "save");
    }

    // SQLite's transaction keeps others from writing from its first statement on, and that is to be the cached read.
    private void lock(int id) {
        if (!engine.hasSingleWriter()) {
            jdbc.sql("SELECT id FROM item WHERE id = ? FOR UPDATE")
                    .param(id)
                    .query(Long.class)
                    .single();
        }
    }

    private static long required(@Nullable Long written) {
        if (written == null) {
            throw new IllegalStateException("A transaction returned nothing");
        }
        return written;
    }

    private void updateByItself(int id) {
        long before = known.items().floor(id);
        jdbc.sql(INCREMENT).param(id).update();
        committed(id, before + 1, "UPDATE by itself");
    }

    private void updateReturning(int id) {
        long written = jdbc.sql(INCREMENT + " RETURNING version")
                .param(id)
                .query(Long.class)
                .single();
        committed(id, written, "UPDATE RETURNING by itself");
    }

    private void updateForLong(int id) {
        int last = ITEMS - GROUPS + id % GROUPS;
        long[] written = new long[2];
        transaction.executeWithoutResult(status -> {
            written[0] = increase(id);
            LockSupport.parkNanos(HELD_NANOS);
            written[1] = increase(last);
        });
        if (id != last) {
            committed(id, written[0], "a long transaction");
        }
        committed(last, written[1], "a long transaction");
    }

    private void updateInBatch(int id) {
        List<Object[]> rows = List.of(new Object[] {id}, new Object[] {ITEMS - 1});
        if (random.nextBoolean()) {
            long[] before = {known.items().floor(id), known.items().floor(ITEMS - 1)};
            template.batchUpdate(INCREMENT, rows);
            committed(id, before[0] + 1, "a batch by itself");
            committed(ITEMS - 1, before[1] + 1, "a batch by itself");
        } else {
            long[] written = new long[2];
            transaction.executeWithoutResult(status -> {
                template.batchUpdate(INCREMENT, rows);
                written[0] = version(id);
                written[1] = version(ITEMS - 1);
            });
            committed(id, written[0], "a batch");
            committed(ITEMS - 1, written[1], "a batch");
        }
    }

    private void rollBack(int id) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql(ROLLED_BACK).param(id).update();
            if (reads.item(id).version() < NEVER) {
                known.verdicts().violated("A transaction did not see what it had written");
            }
            status.setRollbackOnly();
        });
    }

    private void rollBackToSavepoint(int id) {
        int other = (id + GROUPS) % ITEMS;
        long written = required(transaction.execute(status -> {
            long first = id < other ? increase(id) : 0;
            nested.executeWithoutResult(inner -> {
                jdbc.sql(ROLLED_BACK).param(other).update();
                inner.setRollbackOnly();
            });
            return id < other ? first : increase(id);
        }));
        committed(id, written, "a transaction with a savepoint");
    }

    private void updateInside(int id) {
        readOnly.executeWithoutResult(outer -> {
            reads.item(id);
            long written = required(requiresNew.execute(inner -> increase(id)));
            committed(id, written, "REQUIRES_NEW");
        });
    }

    private void log(int group) {
        if (random.nextBoolean()) {
            jdbc.sql("INSERT INTO entry (grp) VALUES (?)").param(group).update();
        } else {
            transaction.executeWithoutResult(status ->
                    jdbc.sql("INSERT INTO entry (grp) VALUES (?)").param(group).update());
        }
        known.logs().increased(group, "INSERT with a trigger");
    }
}

package dev.dovetail.contract.cache.checker;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes rows and makes them anew: notes with their children, and a whole table. */
final class RowsThatGo {

    private static final ReentrantLock ONE = new ReentrantLock();

    private final String empty;
    private final CheckedRepositories.Notes notes;
    private final Known known;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    RowsThatGo(TestApplication application, TestEngine engine, Known known) {
        this.empty = engine == TestEngine.SQLITE ? "DELETE FROM wiped" : "TRUNCATE wiped";
        this.notes = application.bean(CheckedRepositories.Notes.class);
        this.known = known;
        this.jdbc = application.jdbc();
        this.transaction = application.transaction();
    }

    private interface Change {
        void to(long generation);
    }

    void changeNote(int id) {
        change(known.notes(), id, "deleteById with a cascade", gone -> notes.deleteById((long) id), next -> {
            jdbc.sql("INSERT INTO note VALUES (?, ?)").param(id).param(next).update();
            CheckedSchema.insertChildren(jdbc, id, next);
        });
    }

    void changeWiped() {
        change(
                known.wiped(),
                0,
                empty,
                gone -> jdbc.sql(empty).update(),
                next -> jdbc.sql("INSERT INTO wiped VALUES (1, ?)").param(next).update());
    }

    // One after another, so that it is known in which order they were committed.
    private void change(Floors floors, int index, String writer, Change removal, Change creation) {
        ONE.lock();
        try {
            long state = floors.begun(index);
            long next = state + 1;
            floors.begin(index, next);
            if (state % 2 == 0) {
                removal.to(state / 2);
            } else {
                transaction.executeWithoutResult(status -> creation.to(next / 2));
            }
            floors.committed(index, next, writer);
        } finally {
            ONE.unlock();
        }
    }
}

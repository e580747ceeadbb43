package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.Subject;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.SplittableRandom;

/** What an application does that caches nothing. */
enum UnusedWork {
    BY_ID("by id"),
    UPDATE("update");

    private final String title;

    UnusedWork(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    void once(Subject subject, SplittableRandom random) {
        long id = random.nextInt(UnusedRun.ROWS) + 1L;
        switch (this) {
            case BY_ID -> subject.byId(id);
            case UPDATE -> {
                UserRow user = SampleUsers.stored(id);
                subject.update(
                        new UserRow(user.id(), user.email(), user.name(), 18 + random.nextInt(60), user.createdAt()));
            }
        }
    }
}

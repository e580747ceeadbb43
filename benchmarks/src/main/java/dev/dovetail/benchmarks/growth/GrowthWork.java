package dev.dovetail.benchmarks.growth;

import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.Subject;

/** What is done at each size. */
enum GrowthWork {
    BY_ID("by id"),
    BY_INDEX("by index"),
    KEYSET_PAGE("keyset page"),
    INSERT("insert");

    private final String title;

    GrowthWork(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * Does it once.
     *
     * @param id any id of the table that a whole page follows
     * @param count different each time
     */
    void once(Subject subject, long id, long count) {
        switch (this) {
            case BY_ID -> subject.byId(id);
            case BY_INDEX -> subject.byEmail(SampleUsers.email(id));
            case KEYSET_PAGE -> subject.pageByKeyset(id);
            case INSERT -> subject.insert(SampleUsers.fresh(count));
        }
    }
}

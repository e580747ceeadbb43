package dev.dovetail.contract.cache.checker;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import org.springframework.data.annotation.Id;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables: versions that only grow, notes that come and go with their children, a log with a total, and one to be emptied. */
final class CheckedSchema {

    static final int ITEMS = 64;
    static final int GROUPS = 8;
    static final int NOTES = 16;
    static final int CHILDREN = 2;
    static final int LOGS = 4;

    /** A version from here on was rolled back, and must never be seen outside its transaction. */
    static final long NEVER = 1_000_000_000L;

    private static final String TABLES = """
            CREATE TABLE item (id ${bigint} PRIMARY KEY, grp ${integer} NOT NULL, version ${bigint} NOT NULL) ${strict};
            CREATE VIEW item_sum AS SELECT grp, sum(version) AS total FROM item GROUP BY grp;
            CREATE TABLE note (id ${bigint} PRIMARY KEY, generation ${bigint} NOT NULL) ${strict};
            CREATE TABLE child (id ${bigint} PRIMARY KEY, note_id ${bigint} NOT NULL
                REFERENCES note (id) ON DELETE CASCADE, generation ${bigint} NOT NULL) ${strict};
            CREATE TABLE entry (id ${identity}, grp ${integer} NOT NULL) ${strict};
            CREATE TABLE entry_total (grp ${integer} PRIMARY KEY, total ${bigint} NOT NULL) ${strict};
            CREATE TABLE wiped (id ${bigint} PRIMARY KEY, generation ${bigint} NOT NULL) ${strict};
            """;

    private static final String COUNTING = "UPDATE entry_total SET total = total + 1 WHERE grp = NEW.grp";

    private CheckedSchema() {}

    record Item(@Id Long id, int grp, long version) {}

    record Note(@Id Long id, long generation) {}

    static void create(TestApplication application, TestEngine engine) {
        application.define(TABLES);
        if (engine == TestEngine.SQLITE) {
            application.template().execute("CREATE TRIGGER counting AFTER INSERT ON entry BEGIN " + COUNTING + "; END");
        } else {
            application.template().execute("""
                    CREATE FUNCTION counting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s; RETURN NULL; END $$;
                    CREATE TRIGGER counting AFTER INSERT ON entry FOR EACH ROW EXECUTE FUNCTION counting()""".formatted(COUNTING));
        }
        fill(application);
    }

    /** Makes what goes with a note. */
    static void insertChildren(JdbcClient jdbc, long note, long generation) {
        for (int i = 0; i < CHILDREN; i++) {
            jdbc.sql("INSERT INTO child VALUES (?, ?, ?)")
                    .params(note * CHILDREN + i, note, generation)
                    .update();
        }
    }

    private static void fill(TestApplication application) {
        for (int id = 0; id < ITEMS; id++) {
            application
                    .jdbc()
                    .sql("INSERT INTO item VALUES (?, ?, 0)")
                    .param(id)
                    .param(id % GROUPS)
                    .update();
        }
        for (int grp = 0; grp < LOGS; grp++) {
            application
                    .jdbc()
                    .sql("INSERT INTO entry_total VALUES (?, 0)")
                    .param(grp)
                    .update();
        }
        for (int id = 0; id < NOTES; id++) {
            application.jdbc().sql("INSERT INTO note VALUES (?, 0)").param(id).update();
            insertChildren(application.jdbc(), id, 0);
        }
        application.jdbc().sql("INSERT INTO wiped VALUES (1, 0)").update();
    }
}

package dev.dovetail.sample.registry;

import dev.dovetail.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Numbers about the registry, read from the tables by their names: they need no class. Safe for use by several threads. */
@Service
public class Statistics {

    private final Database database;

    Statistics(Database database) {
        this.database = database;
    }

    /** How many rows each table has, and how many assertions were revoked. */
    @Transactional(readOnly = true)
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String table : new String[] {"issuers", "badges", "assertions"}) {
            counts.put(table, database.table(table).count());
        }
        counts.put(
                "revoked",
                database.table("assertions").where("revoked_at").isNotNull().count());
        return counts;
    }
}

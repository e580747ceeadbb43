package dev.dovetail.engine.postgresql;

import java.util.Set;
import java.util.regex.Pattern;

/** What the functions that a statement calls may do to its tables: the worst of them counts. */
final class CalledFunctions {

    private static final Set<String> ONLY_COMPUTE = Set.of(
            "bernoulli",
            "system",
            "random",
            "random_normal",
            "setseed",
            "gen_random_uuid",
            "uuidv4",
            "uuidv7",
            "clock_timestamp",
            "timeofday",
            "pg_sleep",
            "pg_sleep_for",
            "pg_sleep_until");

    // Whatever their kind, none of these changes a row of a table.
    private static final Pattern OF_SESSION =
            Pattern.compile("nextval|currval|lastval|setval|set_config|current_.*|session_.*"
                    + "|inet_.*|txid_.*|has_.*|row_security_.*|to_reg.*|.*_description|(table|schema|database)_to_xml.*|getpgusername"
                    + "|pg_(try_)?advisory_.*|pg_(notify|backend_pid|export_snapshot|trigger_depth|my_temp_schema|conf_load_time"
                    + "|postmaster_start_time|listening_channels|cancel_backend|terminate_backend|blocking_pids|safe_snapshot_.*)"
                    + "|pg_(stat|get|is|relation|table|total|indexes|database|tablespace|column|current|last|wal|lock|xact|size|snapshot"
                    + "|visible|has|.*_is_visible).*");

    private boolean readsAny;
    private boolean doesAnything;
    private boolean changesSchema;
    private boolean ofSession;

    /**
     * A function of the database's own.
     *
     * @param volatility as the catalogue has it: {@code i}, {@code s} or {@code v}
     */
    void addBuiltIn(String name, char volatility) {
        if (volatility == 'i' || ONLY_COMPUTE.contains(name)) {
            return;
        }
        if (OF_SESSION.matcher(name).matches() || (volatility == 's' && name.startsWith("pg_"))) {
            ofSession = true;
        } else if (volatility == 'v' || name.contains("query_to_xml") || name.contains("cursor_to_xml")) {
            doesAnything = true;
            changesSchema = true;
        }
    }

    /**
     * A function that somebody added: that its result depends on its arguments only is its maker's word. Whether it changes the
     * schema its body tells.
     */
    void addForeign(char volatility) {
        readsAny |= volatility != 'i';
        doesAnything |= volatility == 'v';
    }

    boolean readAny() {
        return readsAny || doesAnything;
    }

    boolean doAnything() {
        return doesAnything;
    }

    /** Whether one of the database's own may change the schema, as by running a text that it is given. */
    boolean changeSchema() {
        return changesSchema;
    }

    /** Whether none of them may depend on more than arguments and tables: one that reads tables may read settings too. */
    boolean areRepeatable() {
        return !ofSession && !readAny();
    }
}

package dev.dovetail.datasource;

import dev.dovetail.engine.StatementTables;
import dev.dovetail.sql.SqlSyntax;
import dev.dovetail.sql.StatementKind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells which statements let later ones find something else on their connection than on others, for as long as it is open: names
 * may mean other tables, and values be shown in another way.
 */
final class SessionSettings {

    private static final Set<String> SETTING = Set.of("SET", "RESET", "DISCARD");
    private static final Pattern OWN_NAMES =
            Pattern.compile("\\b(TEMP|TEMPORARY|PG_TEMP|SEARCH_PATH|SET_CONFIG)\\b", Pattern.CASE_INSENSITIVE);
    // A setting with a dot is the application's: only those see it who ask for it.
    private static final Pattern SET_BY_FUNCTION =
            Pattern.compile("\\bSET_CONFIG\\s*\\(\\s*(?!'\\w+\\.)", Pattern.CASE_INSENSITIVE);

    private SessionSettings() {}

    /** Whether one of these texts does, which together use those tables. */
    static boolean areChanged(StatementTables tables, List<String> texts, SqlSyntax syntax) {
        if (tables.changesSchema()) {
            return texts.stream()
                    .anyMatch(sql -> SETTING.contains(StatementKind.firstWord(sql, syntax))
                            || OWN_NAMES.matcher(sql).find());
        }
        return !tables.repeatable()
                && texts.stream().anyMatch(sql -> SET_BY_FUNCTION.matcher(sql).find());
    }
}

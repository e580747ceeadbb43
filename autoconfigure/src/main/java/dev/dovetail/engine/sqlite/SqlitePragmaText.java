package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.StatementTables;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a PRAGMA does to tables, by its text: compiling it may already run it. */
final class SqlitePragmaText {

    private static final Set<String> HARMLESS =
            Set.of(("analysis_limit application_id automatic_index auto_vacuum busy_timeout"
                            + " cache_size cache_spill cell_size_check checkpoint_fullfsync collation_list compile_options data_version"
                            + " database_list foreign_key_check foreign_key_list freelist_count fullfsync function_list hard_heap_limit"
                            + " incremental_vacuum index_info index_list index_xinfo integrity_check journal_mode journal_size_limit"
                            + " locking_mode max_page_count mmap_size module_list optimize page_count pragma_list query_only quick_check"
                            + " secure_delete shrink_memory soft_heap_limit synchronous table_info table_list table_xinfo temp_store"
                            + " threads user_version wal_autocheckpoint wal_checkpoint")
                    .split(" "));

    // Their values change what statements do, or the file under them; asking for them does not.
    private static final Set<String> SETTINGS = Set.of(("case_sensitive_like defer_foreign_keys encoding foreign_keys"
                    + " ignore_check_constraints legacy_alter_table page_size read_uncommitted recursive_triggers"
                    + " reverse_unordered_selects schema_version trusted_schema writable_schema")
            .split(" "));

    private SqlitePragmaText() {}

    /** @param tokens without comments, the word PRAGMA first */
    static StatementTables read(List<SqliteToken> tokens) {
        boolean qualified = tokens.size() > 3 && tokens.get(2).text().equals(".");
        int at = qualified ? 3 : 1;
        String name = at < tokens.size() ? tokens.get(at).text().toLowerCase(Locale.ROOT) : "";
        boolean asks = tokens.size() <= at + 1 || tokens.get(at + 1).text().equals(";");
        return HARMLESS.contains(name) || (asks && SETTINGS.contains(name))
                ? StatementTables.NONE
                : StatementTables.UNKNOWN;
    }
}

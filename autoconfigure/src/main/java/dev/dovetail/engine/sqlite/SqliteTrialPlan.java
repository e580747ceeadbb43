package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.engine.TrialPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the lines of {@code EXPLAIN QUERY PLAN}: which tables they are about, and how these are read. */
final class SqliteTrialPlan {

    private static final Pattern INDEX = Pattern.compile(" USING (?:COVERING )?INDEX (.+?)(?: \\(.*)?$");
    private static final Pattern AUTOMATIC = Pattern.compile(" USING AUTOMATIC (?:PARTIAL )?(?:COVERING )?INDEX");
    // An index whose first column is not compared: each of that column's values is looked up in turn.
    private static final String SKIPPING = " (ANY(";
    private static final Pattern READ = Pattern.compile("^(SCAN|SEARCH) (.+?)(?: EXISTS| LEFT-JOIN)?(?: USING .*)?$");

    private final Map<String, TableInfo> tables;
    private final Map<String, IndexCandidate> tried;
    private final Set<String> scanned = new HashSet<>();
    private final Set<String> walked = new HashSet<>();
    private final Set<IndexCandidate> used = new LinkedHashSet<>();
    private boolean sorts;

    private SqliteTrialPlan(Map<String, TableInfo> tables, Map<String, IndexCandidate> tried) {
        this.tables = tables;
        this.tried = tried;
    }

    /**
     * @param tables by name and alias: the plan has the alias
     * @param tried by name
     */
    static TrialPlan read(List<String> lines, Map<String, TableInfo> tables, Map<String, IndexCandidate> tried) {
        SqliteTrialPlan plan = new SqliteTrialPlan(tables, tried);
        lines.forEach(plan::add);
        return new TrialPlan(null, plan.scanned, plan.walked, plan.sorts, new ArrayList<>(plan.used), plan.text(lines));
    }

    private void add(String line) {
        sorts |= line.startsWith("USE TEMP B-TREE FOR") && line.endsWith("ORDER BY");
        Matcher index = INDEX.matcher(line);
        IndexCandidate candidate = index.find() ? tried.get(index.group(1)) : null;
        if (candidate != null) {
            used.add(candidate);
        }
        Matcher read = READ.matcher(line);
        TableInfo table = read.matches() ? tables.get(read.group(2).toLowerCase(Locale.ROOT)) : null;
        if (table != null) {
            boolean skipping = candidate != null && line.contains(SKIPPING);
            add(table, skipping || read.group(1).equals("SCAN"), line);
        }
    }

    private void add(TableInfo table, boolean scan, String line) {
        if (AUTOMATIC.matcher(line).find()) {
            // An index for this one execution: to build it, all is read.
            scanned.add(table.name());
        } else if (scan) {
            (INDEX.matcher(line).find() ? walked : scanned).add(table.name());
        }
    }

    private String text(List<String> lines) {
        return String.join("\n", lines.stream().map(this::named).toList());
    }

    // An index has the name here that it is going to have.
    private String named(String line) {
        Matcher index = INDEX.matcher(line);
        @Nullable IndexCandidate candidate = index.find() ? tried.get(index.group(1)) : null;
        return candidate == null
                ? line
                : line.substring(0, index.start(1)) + candidate.suggestedName() + line.substring(index.end(1));
    }
}

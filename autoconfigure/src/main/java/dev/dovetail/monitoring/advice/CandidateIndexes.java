package dev.dovetail.monitoring.advice;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.IndexCandidate.Column;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.IndexPart;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.sql.StatementColumns.Comparison;
import dev.dovetail.sql.StatementColumns.Sorted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which indexes might help a statement: more than would, because the planner chooses. What is compared for equality comes first,
 * then a range or an order; at most three columns.
 */
final class CandidateIndexes {

    private static final int MOST_COLUMNS = 3;
    private static final int MOST_OF_TABLE = 16;

    private final ReadStatement statement;
    private final Map<TableInfo, Columns> tables = new LinkedHashMap<>();

    private record Columns(Set<Column> equal, Set<Column> joined, Set<Column> range, List<List<Column>> sorted) {

        Columns() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new ArrayList<>());
        }

        boolean isSorted(Column column) {
            return sorted.stream()
                    .flatMap(List::stream)
                    .anyMatch(each -> each.name().equals(column.name()));
        }
    }

    private CandidateIndexes(ReadStatement statement) {
        this.statement = statement;
        statement.columns().compared().forEach(each -> {
            for (TableInfo table : statement.owners(each.qualifier(), each.column())) {
                table.column(each.column()).ifPresent(column -> add(table, column, each.comparison()));
            }
        });
        statement.columns().sorted().forEach(this::addSorted);
    }

    static CandidateIndexes of(ReadStatement statement) {
        return new CandidateIndexes(statement);
    }

    private void add(TableInfo table, ColumnInfo column, Comparison comparison) {
        Columns columns = columns(table);
        Set<Column> kind = switch (comparison) {
            case EQUAL -> columns.equal;
            case JOINED -> columns.joined;
            case RANGE -> columns.range;
        };
        kind.add(Column.of(column.name()));
    }

    private Columns columns(TableInfo table) {
        return tables.computeIfAbsent(table, any -> new Columns());
    }

    // An index of one table ends where the order goes on by another one. It can be read from either end.
    private void addSorted(List<Sorted> order) {
        Sorted first = order.get(0);
        for (TableInfo table : statement.owners(first.qualifier(), first.column())) {
            List<Column> columns = new ArrayList<>();
            for (Sorted each : order) {
                if (!statement.owners(each.qualifier(), each.column()).contains(table)) {
                    break;
                }
                boolean against = each.descending() != first.descending();
                table.column(each.column()).ifPresent(column -> columns.add(new Column(column.name(), against)));
            }
            columns(table).sorted.add(columns);
        }
    }

    /** Those that do not exist, the shorter ones first. */
    List<IndexCandidate> all() {
        List<IndexCandidate> all = new ArrayList<>();
        tables.forEach((table, columns) -> {
            if (!table.view()) {
                lists(columns).stream()
                        .map(list -> new IndexCandidate(table.schema(), table.name(), list))
                        .filter(candidate -> !exists(table, candidate))
                        .limit(MOST_OF_TABLE)
                        .forEach(all::add);
            }
        });
        return all;
    }

    private static Set<List<Column>> lists(Columns columns) {
        Set<List<Column>> lists = new LinkedHashSet<>();
        Stream.of(columns.equal, columns.joined, columns.range)
                .flatMap(Set::stream)
                .forEach(column -> lists.add(List.of(column)));
        Set<List<Column>> prefixes = new LinkedHashSet<>(List.of(List.of()));
        prefixes.add(joined(columns.equal, List.of()));
        prefixes.add(joined(columns.equal, columns.joined));
        prefixes.add(joined(columns.joined, columns.equal));
        columns.joined.forEach(column -> prefixes.add(joined(columns.equal, List.of(column))));
        for (List<Column> prefix : prefixes) {
            lists.add(prefix);
            columns.range.forEach(column -> lists.add(joined(prefix, List.of(column))));
            columns.sorted.forEach(order -> lists.add(joined(prefix, order)));
        }
        lists.remove(List.<Column>of());
        return lists;
    }

    private static List<Column> joined(Collection<Column> first, Collection<Column> then) {
        Map<String, Column> columns = new LinkedHashMap<>();
        first.forEach(column -> columns.putIfAbsent(column.name(), column));
        then.forEach(column -> columns.putIfAbsent(column.name(), column));
        return columns.values().stream().limit(MOST_COLUMNS).toList();
    }

    /** How many of its first columns are compared for equality. */
    int equalColumns(IndexCandidate candidate) {
        Columns columns = tables.entrySet().stream()
                .filter(each -> candidate.isOf(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(Columns::new);
        int count = 0;
        for (Column column : candidate.columns()) {
            if (!columns.equal.contains(column) && !columns.joined.contains(column)) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Whether an index, or the number of the row, does for this statement all that the candidate would do. */
    boolean exists(TableInfo table, IndexCandidate candidate) {
        List<Column> wanted = candidate.columns();
        boolean numbered = wanted.size() == 1 && table.isRowNumber(wanted.get(0).name());
        return numbered
                || table.indexes().stream()
                        .anyMatch(index -> beginsWith(index, wanted) && isOrdered(index, wanted, table));
    }

    private static boolean beginsWith(IndexInfo index, List<Column> wanted) {
        int count = wanted.size();
        return index.condition() == null
                && index.columns().size() >= count
                && index.columns()
                        .subList(0, count)
                        .equals(wanted.stream().map(Column::name).toList())
                && index.parts().subList(0, count).stream().allMatch(part -> part.finds() == IndexPart.Finds.ALL);
    }

    // Directions matter to an order alone, and for that an index can be read from either end.
    private boolean isOrdered(IndexInfo index, List<Column> wanted, TableInfo table) {
        Columns columns = tables.getOrDefault(table, new Columns());
        Set<Boolean> turned = new HashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            Column column = wanted.get(i);
            if (columns.isSorted(column)) {
                turned.add(index.parts().get(i).descending() != column.descending());
            }
        }
        return turned.size() < 2;
    }
}

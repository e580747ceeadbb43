package dev.dovetail.repository.table;

import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.repository.table.Source.Link;
import dev.dovetail.repository.table.Source.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the foreign key along which a table is joined. */
final class Joins {

    /** A foreign key between the new table and one of the query's. */
    private record Path(TableInfo referring, ForeignKeyInfo key, List<Link> links) {

        boolean has(@Nullable String column) {
            return column == null || key.columns().stream().anyMatch(each -> Names.same(each, column));
        }

        String description() {
            return "%s(%s) → %s".formatted(referring.name(), String.join(", ", key.columns()), key.referencedTable());
        }
    }

    private Joins() {}

    static Source join(
            Source source, TableInfo table, @Nullable String column, @Nullable String name, boolean optional) {
        String called = name == null ? table.name() : name;
        refuseTaken(source, table, called);
        List<Path> all = paths(source, table);
        List<Path> fitting = all.stream().filter(path -> path.has(column)).toList();
        if (fitting.size() != 1) {
            throw Misuse.of(
                    "Table \"%s\" cannot be joined: %s%s. %s",
                    table.name(),
                    fitting.isEmpty() ? "there is no foreign key" : "there are several foreign keys",
                    column == null ? "" : " of a column \"" + Names.printable(column) + "\"",
                    advice(source, all));
        }
        return source.with(new Member(table, called, optional, fitting.get(0).links()));
    }

    private static void refuseTaken(Source source, TableInfo table, String name) {
        // The first table's columns need no name before them, so that a table can be joined to itself under its own.
        for (Member member : source.members().subList(1, source.members().size())) {
            if (Names.same(member.name(), name)) {
                throw Misuse.of(
                        "\"%s\" is joined already. To join table \"%s\" once more, give it another name:"
                                + " join(table, foreignKeyColumn, name).",
                        Names.printable(name), table.name());
            }
        }
    }

    private static String advice(Source source, List<Path> all) {
        if (all.isEmpty()) {
            return "No foreign key connects it with %s; the database must declare one."
                    .formatted(source.members().stream()
                            .map(member -> "\"" + member.table().name() + "\"")
                            .collect(Collectors.joining(", ")));
        }
        return "Name one of its columns: "
                + all.stream().map(Path::description).distinct().collect(Collectors.joining("; "));
    }

    private static List<Path> paths(Source source, TableInfo table) {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < source.members().size(); i++) {
            TableInfo other = source.members().get(i).table();
            for (ForeignKeyInfo key : other.foreignKeys()) {
                if (refersTo(key, table)) {
                    paths.add(new Path(other, key, links(referenced(key, table), i, key.columns())));
                }
            }
            // From a table to itself: the one that is referred to is joined.
            if (!other.equals(table)) {
                for (ForeignKeyInfo key : table.foreignKeys()) {
                    if (refersTo(key, other)) {
                        paths.add(new Path(table, key, links(key.columns(), i, referenced(key, other))));
                    }
                }
            }
        }
        return paths;
    }

    // A table outside the search path is named with its schema.
    private static boolean refersTo(ForeignKeyInfo key, TableInfo table) {
        return Names.same(key.referencedTable(), table.name())
                || Names.same(key.referencedTable(), table.schema() + "." + table.name());
    }

    private static List<String> referenced(ForeignKeyInfo key, TableInfo table) {
        return key.referencedColumns().isEmpty() ? table.primaryKey() : key.referencedColumns();
    }

    private static List<Link> links(List<String> columns, int otherMember, List<String> otherColumns) {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            links.add(new Link(columns.get(i), otherMember, otherColumns.get(i)));
        }
        return links;
    }
}

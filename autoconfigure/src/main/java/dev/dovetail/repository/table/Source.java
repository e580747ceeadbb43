package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.UnknownNameException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of a query: the one it is about, and those joined to it. Immutable. */
final class Source {

    /** A joined column is equal to one of a table before it. */
    record Link(String column, int otherMember, String otherColumn) {}

    /**
     * @param name what its columns are called by
     * @param optional whether rows are kept for which it has none
     * @param links how it is joined; empty for the first
     */
    record Member(TableInfo table, String name, boolean optional, List<Link> links) {}

    private final List<Member> members;

    private Source(List<Member> members) {
        this.members = List.copyOf(members);
    }

    static Source of(TableInfo table) {
        return new Source(List.of(new Member(table, table.name(), false, List.of())));
    }

    Source with(Member joined) {
        List<Member> more = new ArrayList<>(members);
        more.add(joined);
        return new Source(more);
    }

    List<Member> members() {
        return members;
    }

    TableInfo table() {
        return members.get(0).table();
    }

    boolean isJoined() {
        return members.size() > 1;
    }

    /** All columns of all tables. */
    List<ColumnRef> columns() {
        List<ColumnRef> all = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            for (ColumnInfo column : members.get(i).table().columns()) {
                all.add(ref(i, column));
            }
        }
        return all;
    }

    /** The columns that tell the rows of all tables apart; empty if some table has no primary key. */
    List<ColumnRef> keys() {
        List<ColumnRef> keys = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            TableInfo table = members.get(i).table();
            if (table.primaryKey().isEmpty()) {
                return List.of();
            }
            for (String key : table.primaryKey()) {
                keys.add(column(i, key));
            }
        }
        return keys;
    }

    /** The column of this name: of the first table, or of a joined one with its name and a point before. */
    ColumnRef column(String name) {
        if (table().column(name).isPresent()) {
            return column(0, name);
        }
        for (int i = 0; i < members.size(); i++) {
            String prefix = members.get(i).name();
            int point = prefix.length();
            if (name.length() > point && name.charAt(point) == '.' && Names.same(prefix, name.substring(0, point))) {
                return column(i, name.substring(point + 1));
            }
        }
        throw unknown(name);
    }

    private ColumnRef column(int member, String name) {
        return members.get(member)
                .table()
                .column(name)
                .map(column -> ref(member, column))
                .orElseThrow(() -> unknown(name));
    }

    private UnknownNameException unknown(String name) {
        return UnknownNameException.of(
                "column",
                name,
                where(),
                columns().stream().map(ColumnRef::label).toList());
    }

    private String where() {
        return members.stream()
                .map(member -> "\"" + member.table().name() + "\"")
                .collect(Collectors.joining(" joined with ", "table ", ""));
    }

    private ColumnRef ref(int member, ColumnInfo column) {
        Member of = members.get(member);
        String label = member == 0 ? column.name() : of.name() + "." + column.name();
        return new ColumnRef(member, of.table(), column, label, of.optional() || column.nullable());
    }

    String sql(ColumnRef column) {
        return sql(column.member(), column.column().name());
    }

    private String sql(int member, String column) {
        return isJoined() ? "t" + member + "." + Names.quoted(column) : Names.quoted(column);
    }

    /** What stands behind FROM. */
    String from() {
        if (!isJoined()) {
            return Names.quoted(table());
        }
        StringBuilder from = new StringBuilder(Names.quoted(table())).append(" t0");
        for (int i = 1; i < members.size(); i++) {
            int joined = i;
            Member member = members.get(i);
            from.append(member.optional() ? " LEFT JOIN " : " JOIN ")
                    .append(Names.quoted(member.table()))
                    .append(" t")
                    .append(i)
                    .append(" ON ")
                    .append(member.links().stream()
                            .map(link ->
                                    sql(joined, link.column()) + " = " + sql(link.otherMember(), link.otherColumn()))
                            .collect(Collectors.joining(" AND ")));
        }
        return from.toString();
    }
}

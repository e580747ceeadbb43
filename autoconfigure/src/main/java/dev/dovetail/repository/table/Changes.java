package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Updates and deletes what a selection keeps. */
final class Changes {

    private final Statements statements;
    private final Selection selection;
    private final SelectWriter writer;

    Changes(Statements statements, Selection selection, SelectWriter writer) {
        this.statements = statements;
        this.selection = selection;
        this.writer = writer;
    }

    long update(Map<String, ? extends @Nullable Object> given) {
        refuseMore("update");
        TableInfo table = selection.source().table();
        Map<ColumnInfo, @Nullable Object> changed = GivenRows.map(table, given);
        if (changed.isEmpty()) {
            throw Misuse.of("An update of table \"%s\" needs a value for one column at least", table.name());
        }
        SqlText sql = new SqlText().add("UPDATE ").add(Names.quoted(table));
        String word = " SET ";
        for (Map.Entry<ColumnInfo, @Nullable Object> each : changed.entrySet()) {
            Object value = each.getValue();
            sql.add(word)
                    .add(Names.quoted(each.getKey().name()))
                    .add(" = ?")
                    .bind(value == null ? null : writer.expressions().values().encode(table, each.getKey(), value));
            word = ", ";
        }
        return run(sql);
    }

    long delete() {
        refuseMore("delete");
        return run(new SqlText()
                .add("DELETE FROM ")
                .add(Names.quoted(selection.source().table())));
    }

    private long run(SqlText sql) {
        writer.condition(sql, " WHERE ", selection.condition());
        return statements.update(sql);
    }

    private void refuseMore(String verb) {
        String table = selection.source().table().name();
        boolean more = selection.source().isJoined()
                || selection.isCut()
                || !selection.order().isEmpty()
                || !selection.columns().isEmpty();
        if (more) {
            throw Misuse.of(
                    "%s of table \"%s\" heeds conditions only, but it was joined, ordered, cut or projected",
                    verb, table);
        }
        Condition condition = selection.condition();
        boolean keepsAll =
                condition == null || Boolean.TRUE.equals(condition.criterion().constant());
        if (keepsAll && !selection.everything()) {
            throw Misuse.of(
                    "%s of table \"%s\" has no condition that could keep a row out, and would change all. Add one with where(), or say"
                            + " all() if that is meant.",
                    verb, table);
        }
    }
}

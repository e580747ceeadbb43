package dev.dovetail.sql;

import dev.dovetail.sql.StatementColumns.Compared;
import dev.dovetail.sql.StatementColumns.Comparison;
import dev.dovetail.sql.StatementColumns.Sorted;
import dev.dovetail.sql.StatementColumns.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@link StatementColumns} in one pass over the tokens. */
final class StatementColumnsReader {

    private static final Set<String> NO_ALIAS = Set.of(
            "WHERE",
            "ON",
            "JOIN",
            "INNER",
            "LEFT",
            "RIGHT",
            "FULL",
            "CROSS",
            "NATURAL",
            "USING",
            "GROUP",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "SET",
            "HAVING",
            "FOR",
            "RETURNING",
            "INDEXED",
            "NOT",
            "TABLESAMPLE",
            "WINDOW",
            "VALUES",
            "SELECT",
            "DEFAULT");
    private static final Set<String> NO_TABLE = Set.of("LATERAL", "ONLY");
    private static final Set<String> BEFORE_NO_TABLE = Set.of("FOR", "DO", "THEN");
    private static final Set<String> ENDS_CONDITION =
            Set.of("SELECT", "GROUP", "HAVING", "SET", "RETURNING", "WINDOW", "UNION", "EXCEPT", "INTERSECT", "VALUES");
    private static final String QUOTING = "`[]";

    private enum Clause {
        OTHER,
        FROM,
        CONDITION
    }

    private final SqlTokens tokens;
    private final List<Table> tables = new ArrayList<>();
    private final List<Compared> compared = new ArrayList<>();
    private final List<List<Sorted>> sorted = new ArrayList<>();
    private final Deque<Clause> around = new ArrayDeque<>();
    private Clause clause = Clause.OTHER;
    private boolean tableNext;
    private boolean limited;

    StatementColumnsReader(String sql) {
        tokens = new SqlTokens(SqlToken.of(sql).stream()
                .filter(token -> token.kind() != SqlToken.Kind.SIGN || QUOTING.indexOf(token.text()) < 0)
                .toList());
    }

    StatementColumns read() {
        while (!tokens.atEnd()) {
            SqlToken token = tokens.current();
            if (token.kind() == SqlToken.Kind.SIGN) {
                sign(token);
                tokens.skip(1);
            } else if (token.kind() != SqlToken.Kind.WORD || !keyword(token.word())) {
                operand(token);
            }
        }
        return new StatementColumns(tables, compared, sorted, limited);
    }

    private void sign(SqlToken sign) {
        if (sign.is('(')) {
            around.push(clause);
            boolean query = tokens.next(1).is("SELECT") || tokens.next(1).is("WITH");
            clause = query ? Clause.OTHER : clause;
            tableNext &= !query;
        } else if (sign.is(')')) {
            clause = around.isEmpty() ? Clause.OTHER : around.pop();
            tableNext = false;
        } else if (sign.is(',')) {
            tableNext = clause == Clause.FROM;
        }
    }

    private boolean keyword(String word) {
        switch (word) {
            case "FROM" ->
                from(!tokens.next(-1).is("DISTINCT") || tokens.next(-2).is("SELECT"));
            case "JOIN" -> from(true);
            case "UPDATE" -> from(!BEFORE_NO_TABLE.contains(tokens.next(-1).word()));
            case "USING" -> using();
            case "WHERE", "ON" -> become(Clause.CONDITION);
            case "LIMIT", "FETCH" -> {
                limited = true;
                become(Clause.OTHER);
            }
            case "ORDER" -> order();
            default -> {
                if (!ENDS_CONDITION.contains(word)) {
                    return false;
                }
                become(Clause.OTHER);
            }
        }
        return true;
    }

    private void from(boolean isOne) {
        if (isOne) {
            clause = Clause.FROM;
            tableNext = true;
        }
        tokens.skip(1);
    }

    private void become(Clause next) {
        clause = next;
        tableNext = false;
        tokens.skip(1);
    }

    // Of a join; of a DELETE a further table follows.
    private void using() {
        boolean columns = tokens.next(1).is('(') && tokens.next(2).isName();
        if (!columns) {
            from(true);
            return;
        }
        tokens.skip(2);
        while (!tokens.atEnd() && !tokens.current().is(')')) {
            if (tokens.current().isName()) {
                compared.add(new Compared(null, tokens.current().text(), Comparison.JOINED));
            }
            tokens.skip(1);
        }
        tokens.skip(1);
    }

    private void operand(SqlToken token) {
        if (tableNext && token.isName() && !NO_TABLE.contains(token.word())) {
            table();
        } else if (clause == Clause.CONDITION && token.isName()) {
            condition();
        } else {
            tokens.skip(1);
        }
    }

    private void table() {
        QualifiedName name = tokens.name();
        tokens.skip(name.length());
        tableNext = false;
        // A function that returns rows.
        if (!tokens.current().is('(')) {
            tables.add(new Table(name.qualifier(), name.last(), alias()));
        }
    }

    private @Nullable String alias() {
        boolean announced = tokens.current().is("AS");
        SqlToken token = announced ? tokens.next(1) : tokens.current();
        if (!token.isName() || NO_ALIAS.contains(token.word())) {
            return null;
        }
        tokens.skip(announced ? 2 : 1);
        return token.text();
    }

    private void condition() {
        QualifiedName name = tokens.name();
        Comparison comparison = ComparisonReader.of(tokens, name.length());
        if (comparison != null) {
            compared.add(new Compared(name.qualifier(), name.last(), comparison));
        }
        tokens.skip(name.length());
    }

    private void order() {
        become(Clause.OTHER);
        if (!tokens.current().is("BY")) {
            return;
        }
        tokens.skip(1);
        List<Sorted> columns = new ArrayList<>();
        boolean more = true;
        while (more && tokens.current().isName()) {
            more = sortedBy(columns);
        }
        if (!columns.isEmpty()) {
            sorted.add(List.copyOf(columns));
        }
    }

    /** Returns whether a further one may follow; what is no column, or not only one, ends what an index could give. */
    private boolean sortedBy(List<Sorted> columns) {
        QualifiedName name = tokens.name();
        int after = name.length();
        boolean descending = tokens.next(after).is("DESC");
        after += descending || tokens.next(after).is("ASC") ? 1 : 0;
        after += tokens.next(after).is("NULLS") ? 2 : 0;
        SqlToken end = tokens.next(after);
        boolean comma = end.is(',');
        if (!comma && !end.is(')') && !tokens.isEnd(after) && !NO_ALIAS.contains(end.word())) {
            return false;
        }
        columns.add(new Sorted(name.qualifier(), name.last(), descending));
        tokens.skip(after + (comma ? 1 : 0));
        return comma;
    }
}

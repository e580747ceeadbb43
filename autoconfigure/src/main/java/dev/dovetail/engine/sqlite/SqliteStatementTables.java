package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.StatementTables;
import dev.dovetail.engine.StatementTables.Effect;
import dev.dovetail.engine.sqlite.SqliteProgram.Root;
import dev.dovetail.engine.sqlite.SqliteRoots.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Reads from the program that SQLite makes of a statement which tables it reads and writes. */
final class SqliteStatementTables {

    private static final Pattern REPLACES = Pattern.compile("(?i)replace");
    private static final Pattern UPSERTS = Pattern.compile("(?is)conflict.*update");
    // What the text is wrong about, and not what the file or another connection is in the way of.
    private static final Set<SQLiteErrorCode> ODD_TEXT = Set.of(
            SQLiteErrorCode.SQLITE_ERROR,
            SQLiteErrorCode.SQLITE_TOOBIG,
            SQLiteErrorCode.SQLITE_RANGE,
            SQLiteErrorCode.SQLITE_MISUSE,
            SQLiteErrorCode.SQLITE_NOMEM,
            SQLiteErrorCode.SQLITE_AUTH);

    private final Connection connection;
    private final String sql;
    private final String firstWord;
    private final SqliteRoots roots;
    private final Map<Root, Owner> owners = new HashMap<>();
    private final Set<String> read = new TreeSet<>();
    private final Set<String> written = new TreeSet<>();
    private boolean repeatable = true;
    private boolean unknownFunctions;

    private SqliteStatementTables(Connection connection, String sql, String firstWord) {
        this.connection = connection;
        this.sql = sql;
        this.firstWord = firstWord;
        this.roots = new SqliteRoots(connection);
    }

    static StatementTables of(Connection connection, String sql) throws SQLException {
        List<SqliteToken> tokens = SqliteToken.withoutComments(SqliteToken.of(sql));
        if (tokens.isEmpty() || isSeveral(tokens)) {
            return StatementTables.UNKNOWN;
        }
        String first = tokens.get(0).text().toUpperCase(Locale.ROOT);
        return switch (first) {
            case "SELECT", "VALUES", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE" ->
                new SqliteStatementTables(connection, sql, first).ask();
            case "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ANALYZE" -> StatementTables.NONE;
            case "PRAGMA" -> SqlitePragmaText.read(tokens);
            // Compiling a PRAGMA may run it.
            case "EXPLAIN" ->
                tokens.stream().anyMatch(token -> token.is("PRAGMA")) ? StatementTables.UNKNOWN : StatementTables.NONE;
            // What had no key of its own may get other row ids, and what was out of order is found again.
            case "VACUUM", "REINDEX" ->
                new StatementTables(Set.of(), Set.of(), false, true, false, false, Effect.ANY_ROWS);
            default -> StatementTables.UNKNOWN;
        };
    }

    private static boolean isSeveral(List<SqliteToken> tokens) {
        return tokens.stream().dropWhile(token -> !isSemicolon(token)).anyMatch(token -> !isSemicolon(token));
    }

    private static boolean isSemicolon(SqliteToken token) {
        return token.kind() == SqliteToken.Kind.SYMBOL && token.text().equals(";");
    }

    private StatementTables ask() throws SQLException {
        try {
            return connection instanceof SqliteConnection ours ? ours.ask(this::readInSnapshot) : readInSnapshot();
        } catch (SQLiteException e) {
            if (ODD_TEXT.contains(e.getResultCode())) {
                return StatementTables.UNKNOWN;
            }
            throw e;
        }
    }

    private StatementTables readInSnapshot() throws SQLException {
        return roots.inSnapshot(() -> {
            SqliteProgram program = SqliteProgram.of(connection, sql);
            return program.usesAttached()
                    ? roots.inSnapshotOfAll(() -> read(SqliteProgram.of(connection, sql)))
                    : read(program);
        });
    }

    private StatementTables read(SqliteProgram program) throws SQLException {
        if (program.isDoubtful()) {
            return StatementTables.UNKNOWN;
        }
        Set<Root> all = new HashSet<>(program.read());
        all.addAll(program.written());
        owners.putAll(roots.owners(all));
        boolean readFound = addAll(program.read(), read);
        boolean found = addAll(program.written(), written) && readFound;
        read.addAll(written);
        unknownFunctions = SqliteFunctions.mayDoAnything(connection, program.functions());
        repeatable &= !SqliteFunctions.tellOfSession(program.functions());
        boolean known = !program.usesVirtual() || addVirtual(program);
        return found && known ? result(program) : StatementTables.UNKNOWN;
    }

    private boolean addAll(Set<Root> opened, Set<String> names) {
        for (Root root : opened) {
            // The first page is that of the schema, which changes without a statement on it.
            boolean ofSchema = root.page() == 1;
            Owner owner = owners.get(root);
            if ((owner == null && !ofSchema) || (ofSchema && names == written)) {
                return false;
            }
            repeatable &= root.database() == SqliteProgram.MAIN && !ofSchema;
            if (owner != null && root.database() != SqliteProgram.TEMPORARY) {
                repeatable &= !owner.table().startsWith("sqlite_stat");
                names.addAll(roots.names(root, owner));
            }
        }
        return true;
    }

    private boolean addVirtual(SqliteProgram program) throws SQLException {
        SqliteVirtualTables virtual = SqliteVirtualTables.of(connection, sql);
        repeatable &= virtual.isRepeatable();
        read.addAll(virtual.read());
        if (program.changesVirtual()) {
            written.addAll(virtual.written());
        }
        boolean found = !program.changesVirtual() || !virtual.written().isEmpty();
        return found && virtual.isKnown() && !program.usesAttached();
    }

    // A function may be code that runs SQL itself. In a statement on a connection that cannot write it writes nothing;
    // but
    // what is said of a text here holds for all connections.
    private StatementTables result(SqliteProgram program) {
        return new StatementTables(
                read,
                written,
                unknownFunctions,
                unknownFunctions,
                repeatable && !unknownFunctions,
                unknownFunctions,
                unknownFunctions ? Effect.ANY_ROWS : effect(program));
    }

    private Effect effect(SqliteProgram program) {
        Set<String> ordinary = new TreeSet<>(written);
        ordinary.remove("sqlite_sequence");
        boolean others =
                ordinary.size() != 1 || program.callsProgram() || program.usesVirtual() || program.usesAttached();
        boolean replaces =
                REPLACES.matcher(sql).find() || program.written().stream().anyMatch(this::isMadeReplacing);
        if (others || replaces || program.written().stream().anyMatch(root -> root.database() != SqliteProgram.MAIN)) {
            return Effect.ANY_ROWS;
        }
        return switch (firstWord) {
            case "UPDATE", "DELETE" -> Effect.NAMED_ROWS;
            case "INSERT" -> UPSERTS.matcher(sql).find() ? Effect.ANY_ROWS : Effect.NEW_ROWS;
            default -> Effect.ANY_ROWS;
        };
    }

    private boolean isMadeReplacing(Root root) {
        Owner owner = owners.get(root);
        return owner == null || REPLACES.matcher(owner.sql()).find() || refersToItself(owner);
    }

    private static boolean refersToItself(Owner owner) {
        return Pattern.compile("(?i)references[\\s\"'`\\[]+" + Pattern.quote(owner.table()))
                .matcher(owner.sql())
                .find();
    }
}

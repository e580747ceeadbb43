package dev.dovetail.sql;

import dev.dovetail.sql.SqlPieces.Kind;
import java.util.Locale;
import java.util.regex.Pattern;

/** The bare words of a text in upper case, as one of its readers cuts it: past comments, literals, parameters and quoted names. */
final class StatementWords {

    private static final Pattern INTO = Pattern.compile("into", Pattern.CASE_INSENSITIVE);

    private final String text;
    private final boolean mayMakeTable;
    private final SqlPieces pieces;
    private boolean statementIsOver = true;

    StatementWords(String text, SqlPieces.Reader reader) {
        this.text = text;
        this.mayMakeTable =
                reader != SqlPieces.Reader.SQLITE && INTO.matcher(text).find();
        this.pieces = new SqlPieces(text, reader);
    }

    /** The first word of the next statement that has any, at the beginning of the first; empty if there is none. */
    String nextStatement() {
        String left = next();
        while (!left.isEmpty()) {
            left = next();
        }
        String first = "";
        while (first.isEmpty() && statementIsOver) {
            statementIsOver = false;
            first = next();
        }
        return first;
    }

    /** The next word of this statement; empty at its end. */
    String next() {
        while (!statementIsOver && pieces.next()) {
            char c = text.charAt(pieces.start());
            if (pieces.kind() == Kind.NAME && isLetter(c)) {
                return text.substring(pieces.start(), pieces.end()).toUpperCase(Locale.ROOT);
            }
            statementIsOver = pieces.kind() == Kind.SIGN && c == ';';
        }
        return "";
    }

    /** Whether something was passed over that others may not take for a literal. */
    boolean areDoubtful() {
        return pieces.areDoubtful();
    }

    /** Whether a SELECT may have an INTO, which makes a table in PostgreSQL. Most have not, and need not be read to their end. */
    boolean mayMakeTable() {
        return mayMakeTable;
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}

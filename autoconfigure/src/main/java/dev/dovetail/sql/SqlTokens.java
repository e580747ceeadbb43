package dev.dovetail.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of a statement, and where in them a reader is. */
final class SqlTokens {

    private static final SqlToken NONE = new SqlToken(SqlToken.Kind.NUMBER, "");

    private final List<SqlToken> tokens;
    private int position;

    SqlTokens(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    boolean atEnd() {
        return isEnd(0);
    }

    boolean isEnd(int offset) {
        return position + offset >= tokens.size();
    }

    SqlToken current() {
        return next(0);
    }

    /** The one so many places further on, or back; one that is nothing in particular past the ends. */
    SqlToken next(int offset) {
        int index = position + offset;
        return index >= 0 && index < tokens.size() ? tokens.get(index) : NONE;
    }

    void skip(int count) {
        position += count;
    }

    /** The name that begins here. */
    QualifiedName name() {
        return nameAt(0);
    }

    QualifiedName nameAt(int offset) {
        @Nullable String qualifier = null;
        String last = next(offset).text();
        int length = 1;
        while (next(offset + length).is('.') && next(offset + length + 1).isName()) {
            qualifier = last;
            last = next(offset + length + 1).text();
            length += 2;
        }
        return new QualifiedName(qualifier, last, length);
    }
}

package dev.dovetail.sql;

import dev.dovetail.sql.SqlPieces.Reader;
import java.util.List;

/** Whose rules say where in a text a literal, a comment or a name ends. */
public enum SqlSyntax {
    /** PostgreSQL's, where a setting of the session decides what a backslash means. */
    POSTGRESQL(Reader.POSTGRESQL),
    /** SQLite's. */
    SQLITE(Reader.SQLITE),
    /** Nobody knows whose: only what all of them agree on is certain. */
    ANY(Reader.POSTGRESQL);

    // With none of these, and one comment at most, all read the same.
    private static final String READ_DIFFERENTLY = "\\$`[:@#\r\uFEFF";

    private final Reader first;

    SqlSyntax(Reader first) {
        this.first = first;
    }

    Reader first() {
        return first;
    }

    /** Who else may read this text, in another way than the first. */
    List<Reader> othersOf(String text) {
        boolean escapes = this != SQLITE && text.indexOf('\\') >= 0;
        if (this == ANY && isReadDifferently(text)) {
            return escapes ? List.of(Reader.SQLITE, Reader.ESCAPING_POSTGRESQL) : List.of(Reader.SQLITE);
        }
        return escapes ? List.of(Reader.ESCAPING_POSTGRESQL) : List.of();
    }

    private static boolean isReadDifferently(String text) {
        int comment = text.indexOf("/*");
        return (comment >= 0 && text.indexOf("/*", comment + 2) >= 0)
                || READ_DIFFERENTLY.chars().anyMatch(c -> text.indexOf(c) >= 0);
    }
}

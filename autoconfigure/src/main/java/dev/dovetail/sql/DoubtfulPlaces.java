package dev.dovetail.sql;

import dev.dovetail.sql.SqlPieces.Kind;
import dev.dovetail.sql.SqlPieces.Reader;
import java.util.BitSet;

/**
 * What in a statement is a value or a comment for any reader but PostgreSQL, which is asked first. Used by one thread, from the
 * beginning of the statement to its end.
 */
final class DoubtfulPlaces {

    // With none of these, and one comment at most, all read the same.
    private static final String READ_DIFFERENTLY = "\\$`[:@#\r\uFEFF";

    private final BitSet places = new BitSet();
    private int next;

    DoubtfulPlaces(String text) {
        if (isReadDifferently(text)) {
            add(new SqlPieces(text, Reader.SQLITE));
            if (text.indexOf('\\') >= 0) {
                add(new SqlPieces(text, Reader.ESCAPING_POSTGRESQL));
            }
        }
        next = places.nextSetBit(0);
    }

    private static boolean isReadDifferently(String text) {
        int comment = text.indexOf("/*");
        return (comment >= 0 && text.indexOf("/*", comment + 2) >= 0)
                || READ_DIFFERENTLY.chars().anyMatch(c -> text.indexOf(c) >= 0);
    }

    private void add(SqlPieces pieces) {
        while (pieces.next()) {
            if (pieces.kind() == Kind.VALUE || pieces.kind() == Kind.COMMENT) {
                places.set(pieces.start(), pieces.end());
            }
        }
    }

    /** Whether there is any of it between two places. */
    boolean isBetween(int start, int end) {
        if (next >= 0 && next < start) {
            next = places.nextSetBit(start);
        }
        return next >= 0 && next < end;
    }
}

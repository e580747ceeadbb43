package dev.dovetail.sql;

import dev.dovetail.sql.SqlPieces.Kind;
import java.util.BitSet;

/**
 * What in a statement is a value or a comment for any reader but PostgreSQL, which is asked first. Used by one thread, from the
 * beginning of the statement to its end.
 */
final class DoubtfulPlaces {

    private final BitSet places = new BitSet();
    private int next;

    DoubtfulPlaces(String text) {
        SqlSyntax.ANY.othersOf(text).forEach(reader -> add(new SqlPieces(text, reader)));
        next = places.nextSetBit(0);
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

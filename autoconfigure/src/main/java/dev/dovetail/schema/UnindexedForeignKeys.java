package dev.dovetail.schema;

import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.IndexPart;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Foreign keys by whose columns no row is found without reading the whole table. */
public final class UnindexedForeignKeys {

    private UnindexedForeignKeys() {}

    /** A foreign key and the table it is of. */
    public record Of(TableInfo table, ForeignKeyInfo key) {

        /** Whether one of these indexes would begin with its columns. */
        public boolean isCoveredBy(List<IndexCandidate> indexes) {
            return indexes.stream()
                    .filter(index -> index.isOf(table))
                    .map(index -> index.columns().stream()
                            .map(IndexCandidate.Column::name)
                            .toList())
                    .anyMatch(columns -> begins(columns, key));
        }
    }

    /** Those of all tables, in their order. */
    public static List<Of> of(Schema schema) {
        List<Of> unindexed = new ArrayList<>();
        for (TableInfo table : schema.tables()) {
            table.foreignKeys().stream()
                    .filter(key -> !isIndexed(table, key))
                    .map(key -> new Of(table, key))
                    .forEach(unindexed::add);
        }
        return unindexed;
    }

    // A key that is the row's own number has no index beside it.
    private static boolean isIndexed(TableInfo table, ForeignKeyInfo key) {
        boolean numbered =
                key.columns().size() == 1 && table.isRowNumber(key.columns().get(0));
        return numbered || table.indexes().stream().anyMatch(index -> leadsTo(index, key));
    }

    private static boolean leadsTo(IndexInfo index, ForeignKeyInfo key) {
        return begins(index.columns(), key)
                && index.parts().stream()
                        .limit(key.columns().size())
                        .noneMatch(part -> part.finds() == IndexPart.Finds.NONE)
                && holdsReferring(index.condition(), key);
    }

    // A row without a value refers to nothing: an index may leave it out.
    private static boolean holdsReferring(@Nullable String condition, ForeignKeyInfo key) {
        if (condition == null) {
            return true;
        }
        String held = plain(condition);
        return key.columns().stream()
                .map(UnindexedForeignKeys::plain)
                .anyMatch(column -> held.equals(column + "isnotnull") || held.equals(column + "notnull"));
    }

    private static String plain(String sql) {
        return sql.replaceAll("[\\s()\"`\\[\\]]", "").toLowerCase(Locale.ROOT);
    }

    private static boolean begins(List<String> indexed, ForeignKeyInfo key) {
        int count = key.columns().size();
        return indexed.size() >= count && new HashSet<>(indexed.subList(0, count)).equals(new HashSet<>(key.columns()));
    }
}

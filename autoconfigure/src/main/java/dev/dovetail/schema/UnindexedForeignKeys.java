package dev.dovetail.schema;

import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.TableInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** Foreign keys by whose columns no row is found without reading the whole table. */
public final class UnindexedForeignKeys {

    private UnindexedForeignKeys() {}

    /** A foreign key and the table it is of. */
    public record Of(TableInfo table, ForeignKeyInfo key) {

        /** Whether one of these indexes would begin with its columns. */
        public boolean isCoveredBy(List<IndexCandidate> indexes) {
            return indexes.stream()
                    .filter(index ->
                            index.table().equals(table.name()) && Objects.equals(index.schema(), table.schema()))
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
        return begins(table.primaryKey(), key)
                || table.indexes().stream()
                        .anyMatch(index -> index.condition() == null && begins(index.columns(), key));
    }

    private static boolean begins(List<String> indexed, ForeignKeyInfo key) {
        int count = key.columns().size();
        return indexed.size() >= count && new HashSet<>(indexed.subList(0, count)).equals(new HashSet<>(key.columns()));
    }
}

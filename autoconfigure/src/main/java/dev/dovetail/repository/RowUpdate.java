package dev.dovetail.repository;

import dev.dovetail.engine.KeptColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.LastModifiedBy;
import org.springframework.data.annotation.LastModifiedDate;
import org.springframework.data.relational.core.sql.IdentifierProcessing;

/**
 * A statement that changes the row of an id. It is given the values of the columns it sets, the id, the version if that is asked
 * for, and the values of the columns that must not change.
 *
 * @param set the columns that it sets, in its order
 * @param kept the columns that have to have their values already, in its order
 * @param sql for a row of any version
 * @param versionSql for a row that has a version
 */
record RowUpdate(List<Integer> set, List<Integer> kept, String sql, String versionSql) {

    /** The one that sets all columns. */
    static RowUpdate of(CompiledEntity<?> entity, IdentifierProcessing processing) {
        return of(entity, processing, updatable(entity), List.of(), "");
    }

    /**
     * The one that leaves alone the columns which are {@linkplain KeptColumn better kept}, and finds the row only if these do not
     * change; null if there are none, or no others, or if several rows may have an id, of which it could change some.
     */
    static @Nullable RowUpdate keeping(CompiledEntity<?> entity, IdentifierProcessing processing) {
        if (!entity.hasUniqueId()) {
            return null;
        }
        Map<String, String> conditions = entity.table().keptColumns().stream()
                .collect(Collectors.toMap(KeptColumn::name, KeptColumn::isUnchanged));
        List<Integer> set = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        StringBuilder unchanged = new StringBuilder();
        for (int place : updatable(entity)) {
            EntityColumn column = entity.columns().get(place);
            String condition =
                    alwaysChanges(column) ? null : conditions.get(column.place().column());
            if (condition == null) {
                set.add(place);
            } else {
                kept.add(place);
                unchanged.append(" AND ").append(condition);
            }
        }
        return kept.isEmpty() || set.isEmpty() ? null : of(entity, processing, set, kept, unchanged.toString());
    }

    private static RowUpdate of(
            CompiledEntity<?> entity,
            IdentifierProcessing processing,
            List<Integer> set,
            List<Integer> kept,
            String unchanged) {
        List<EntityColumn> columns = entity.columns();
        String update = "UPDATE " + entity.entity().getQualifiedTableName().toSql(processing) + " SET "
                + set.stream()
                        .map(place -> columns.get(place).name().toSql(processing) + " = ?")
                        .collect(Collectors.joining(", "))
                + " WHERE " + entity.id().name().toSql(processing) + " = ?";
        EntityColumn version = entity.version();
        String ofVersion = version == null ? "" : " AND " + version.name().toSql(processing) + " = ?";
        return new RowUpdate(List.copyOf(set), List.copyOf(kept), update + unchanged, update + ofVersion + unchanged);
    }

    private static List<Integer> updatable(CompiledEntity<?> entity) {
        return EntityStatements.places(entity.columns(), EntityColumn::isUpdated);
    }

    private static boolean alwaysChanges(EntityColumn column) {
        return column.isVersion()
                || column.property().isAnnotationPresent(LastModifiedDate.class)
                || column.property().isAnnotationPresent(LastModifiedBy.class);
    }
}

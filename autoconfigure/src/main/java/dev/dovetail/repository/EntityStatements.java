package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.sql.IdentifierProcessing;

/**
 * The statements by which single rows of an entity are read and written, with their values by position.
 *
 * @param all reads every row, all columns in the order of the entity
 * @param byId reads the row of an id
 * @param exists has a row if there is one with the id
 * @param count counts the rows
 * @param insertable the columns that are given to {@code insert}, in its order
 * @param insert inserts a row and returns the id that the database gave it
 * @param givenInsertable the columns that are given to {@code insertGiven}, in its order
 * @param insertGiven inserts a row that has its id
 * @param update changes the row of an id
 * @param keeping is tried before it where it leaves columns as they are; null if there is none
 * @param delete removes the row of an id
 * @param deleteVersion removes the row of an id that has a version, which is given after it
 */
record EntityStatements(
        String all,
        String byId,
        String exists,
        String count,
        List<Integer> insertable,
        String insert,
        List<Integer> givenInsertable,
        String insertGiven,
        RowUpdate update,
        @Nullable KeepingUpdate keeping,
        String delete,
        String deleteVersion) {

    static EntityStatements of(CompiledEntity<?> entity, IdentifierProcessing processing) {
        List<EntityColumn> columns = entity.columns();
        List<String> names =
                columns.stream().map(column -> column.name().toSql(processing)).toList();
        String table = entity.entity().getQualifiedTableName().toSql(processing);
        String id = entity.id().name().toSql(processing);
        EntityColumn version = entity.version();
        String andVersion = version == null ? "" : " AND " + version.name().toSql(processing) + " = ?";
        List<Integer> insertable = places(columns, column -> column.isInserted() && !column.isId());
        List<Integer> given = places(columns, column -> column.isInserted() || column.isId());
        RowUpdate keeping = RowUpdate.keeping(entity, processing);
        String where = " WHERE " + id + " = ?";
        String all = "SELECT " + String.join(", ", names) + " FROM " + table;
        String delete = "DELETE FROM " + table + where;
        return new EntityStatements(
                all,
                all + where,
                "SELECT 1 FROM " + table + where,
                "SELECT count(*) FROM " + table,
                insertable,
                insert(table, names, insertable) + " RETURNING " + id,
                given,
                insert(table, names, given),
                RowUpdate.of(entity, processing),
                keeping == null ? null : new KeepingUpdate(keeping),
                delete,
                delete + andVersion);
    }

    /** Which of the columns are wanted. */
    static List<Integer> places(List<EntityColumn> columns, Predicate<EntityColumn> wanted) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (wanted.test(columns.get(i))) {
                places.add(i);
            }
        }
        return List.copyOf(places);
    }

    private static String insert(String table, List<String> names, List<Integer> given) {
        if (given.isEmpty()) {
            return "INSERT INTO " + table + " DEFAULT VALUES";
        }
        return "INSERT INTO " + table + " ("
                + given.stream().map(names::get).collect(Collectors.joining(", "))
                + ") VALUES (" + "?, ".repeat(given.size() - 1) + "?)";
    }
}

package dev.dovetail.repository;

import dev.dovetail.schema.UnknownNameException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.query.CriteriaDefinition;
import org.springframework.data.relational.core.query.Query;
import org.springframework.data.relational.core.sql.SqlIdentifier;
import org.springframework.data.relational.domain.SqlSort.SqlOrder;

/**
 * Names in queries that are built at run time and may come from a request. A name that is no property becomes part of the SQL as
 * it is, as Spring Data lets one name columns; so it must at least look like one.
 */
final class QueryNames {

    private static final Pattern NAME =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*+(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*+)*+");
    // Spring Data takes longer ones apart by recursion.
    private static final int LONGEST = 500;

    private QueryNames() {}

    /** @throws UnknownNameException if it names by a column, a condition or an order what cannot be one */
    static void check(Query query, RelationalPersistentEntity<?> entity) {
        query.getColumns().forEach(column -> check(column, entity));
        query.getCriteria().ifPresent(criteria -> check(criteria, entity));
        check(query.getSort(), entity);
    }

    /** @throws UnknownNameException if it is an order by what cannot be a property or a column */
    static void check(Sort sort, RelationalPersistentEntity<?> entity) {
        for (Sort.Order order : sort) {
            if (!(order instanceof SqlOrder marked && marked.isUnsafe())) {
                check(order.getProperty(), entity);
            }
        }
    }

    /** @throws UnknownNameException if it cannot be a property or a column */
    static void check(String name, RelationalPersistentEntity<?> entity) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw unknown(name, entity);
        }
    }

    static UnknownNameException unknown(String name, RelationalPersistentEntity<?> entity) {
        List<String> names = StreamSupport.stream(entity.spliterator(), false)
                .map(RelationalPersistentProperty::getName)
                .toList();
        return UnknownNameException.of("property", name, entity.getType().getSimpleName(), names);
    }

    private static void check(CriteriaDefinition criteria, RelationalPersistentEntity<?> entity) {
        for (CriteriaDefinition each = criteria; each != null; each = each.getPrevious()) {
            if (each.isGroup()) {
                each.getGroup().forEach(inner -> check(inner, entity));
            } else {
                check(each.getColumn(), entity);
            }
        }
    }

    // A quoted name is the application's own, and harmless.
    private static void check(@Nullable SqlIdentifier column, RelationalPersistentEntity<?> entity) {
        if (column != null
                && !SqlIdentifier.EMPTY.equals(column)
                && column.toString().equals(column.getReference())) {
            check(column.getReference(), entity);
        }
    }
}

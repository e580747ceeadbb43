package dev.dovetail.transaction;

import java.util.function.Supplier;
import org.springframework.jdbc.BadSqlGrammarException;

/** Says what to do where a table of the layer's own is not found. */
final class OwnTables {

    private OwnTables() {}

    /**
     * Runs a statement.
     *
     * @throws IllegalStateException if the table it is about is not there
     */
    static <T> T using(String table, Supplier<T> statement) {
        try {
            return statement.get();
        } catch (BadSqlGrammarException e) {
            throw new IllegalStateException(
                    ("Table %s is not there, or lies in a schema that the connection does not search. Flyway makes it when the"
                                    + " application starts, unless spring.flyway.enabled is false; with"
                                    + " spring.flyway.default-schema the connections have to search that schema, on PostgreSQL by"
                                    + " currentSchema in the URL. Without Flyway run"
                                    + " db/dovetail/common/V1__leases_sagas_and_outbox.sql yourself.")
                            .formatted(table),
                    e);
        }
    }
}

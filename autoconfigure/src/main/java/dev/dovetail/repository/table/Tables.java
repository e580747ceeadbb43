package dev.dovetail.repository.table;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.schema.SchemaCatalog;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;

/** Access to the tables of one database by their names. Safe for use by several threads. */
public final class Tables {

    private final SchemaCatalog catalog;
    private final Statements statements;

    /**
     * @param catalog which tables there are
     * @param dataSource where they are; statements join the transaction that is bound to it
     * @param translator what becomes of the database's errors
     * @param transactions for verbs of several statements; asked for when the first of them runs
     */
    public Tables(
            SchemaCatalog catalog,
            DataSource dataSource,
            SQLExceptionTranslator translator,
            Supplier<PlatformTransactionManager> transactions) {
        DatabaseEngine engine = catalog.engine();
        this.catalog = catalog;
        this.statements = new Statements(engine, dataSource, translator, transactions);
    }

    /**
     * The table or view of this name, with or without its schema.
     *
     * @throws dev.dovetail.schema.UnknownNameException if there is none; it names those that are most alike, and all there are
     */
    public TableOperations table(String name) {
        return new DefaultTableOperations(catalog, statements, Selection.of(Source.of(catalog.table(name))));
    }
}

package dev.dovetail.autoconfigure;

import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * The application's transaction manager, or one of our own, set up like Spring Boot's, where it has none or several. Asked for
 * when it is first needed.
 */
final class ChosenTransactionManager implements Supplier<PlatformTransactionManager> {

    private static final Logger log = LoggerFactory.getLogger(ChosenTransactionManager.class);

    private final ObjectProvider<PlatformTransactionManager> managers;
    private final DataSource dataSource;
    private final ObjectProvider<TransactionManagerCustomizer<?>> customizers;
    private final SingletonSupplier<PlatformTransactionManager> chosen;

    ChosenTransactionManager(
            ObjectProvider<PlatformTransactionManager> managers,
            DataSource dataSource,
            ObjectProvider<TransactionManagerCustomizer<?>> customizers) {
        this.managers = managers;
        this.dataSource = dataSource;
        this.customizers = customizers;
        this.chosen = SingletonSupplier.of(() -> managers.getIfUnique(this::own));
    }

    @Override
    public PlatformTransactionManager get() {
        return chosen.obtain();
    }

    // What joins a transaction of one of them is then not in that which a saga or a unit of work has begun.
    private PlatformTransactionManager own() {
        if (managers.stream().findAny().isPresent()) {
            log.warn(
                    "There are several transaction managers and none is primary. Sagas, units of work and database.inTransaction"
                            + " use one of their own on the data source; declare the one that they shall use @Primary");
        }
        JdbcTransactionManager own = new JdbcTransactionManager(dataSource);
        List<TransactionManagerCustomizer<?>> all = customizers.orderedStream().toList();
        TransactionManagerCustomizers.of(all).customize(own);
        return own;
    }
}

package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseStartException;
import java.sql.DatabaseMetaData;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** The engines there are. */
final class Engines {

    /** The bean that stands for the engine in use; an application may call one of its own anything else. */
    static final String CHOSEN = "chosenDatabaseEngine";

    private static final Logger log = LoggerFactory.getLogger(Engines.class);

    private Engines() {}

    /** All of them but the bean that stands for the one that was chosen, which would ask for itself. */
    static List<DatabaseEngine> in(ListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanNamesForType(DatabaseEngine.class))
                .filter(name -> !name.equals(CHOSEN))
                .map(name -> beans.getBean(name, DatabaseEngine.class))
                .toList();
    }

    /** The one behind a data source that is not ours: what its connections say decides. */
    static DatabaseEngine of(DataSource dataSource, ListableBeanFactory beans) {
        String url = urlOf(dataSource);
        return in(beans).stream()
                .filter(engine -> engine.accepts(url))
                .findFirst()
                .orElseGet(() -> {
                    log.warn(
                            "No engine accepts the URL of the application's own DataSource ({}…): errors, migrations and"
                                    + " health are those of Spring alone. A bean of type {} adds an engine.",
                            DatabaseSelection.scheme(url),
                            DatabaseEngine.class.getName());
                    return new UnknownEngine();
                });
    }

    private static String urlOf(DataSource dataSource) {
        try {
            return JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getURL);
        } catch (MetaDataAccessException e) {
            throw new DatabaseStartException(
                    "The application's own DataSource could not be asked for its URL",
                    "See the cause, and check how that bean is configured.",
                    e);
        }
    }
}

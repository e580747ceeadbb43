package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseStartException;
import java.sql.DatabaseMetaData;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** The engines there are. */
final class Engines {

    private static final String CHOSEN = "databaseEngine";

    private Engines() {}

    /** All of them but the bean that stands for the one that was chosen, which would ask for itself. */
    static List<DatabaseEngine> in(ListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanNamesForType(DatabaseEngine.class))
                .filter(name -> !name.equals(CHOSEN))
                .map(name -> beans.getBean(name, DatabaseEngine.class))
                .toList();
    }

    static String urlOf(DataSource dataSource) {
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

package dev.dovetail.datasource;

import java.sql.SQLException;

/** Something done on the driver. */
@FunctionalInterface
interface SqlAction {

    void run() throws SQLException;
}

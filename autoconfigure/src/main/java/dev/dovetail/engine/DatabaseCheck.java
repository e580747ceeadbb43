package dev.dovetail.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Looks for one kind of thing that could be better, in the catalogue and the settings. Reads only, and no table. */
public interface DatabaseCheck {

    /** For logs and messages. */
    String name();

    /** What it finds; empty if all is well, or nobody can tell. */
    List<Finding> run(Connection connection) throws SQLException;
}

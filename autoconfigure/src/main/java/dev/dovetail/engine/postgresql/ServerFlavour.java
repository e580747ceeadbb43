package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Whether a server is PostgreSQL itself, asked once. Compatible ones have the same views, with something else in them. */
final class ServerFlavour {

    private volatile @Nullable Boolean genuine;

    boolean isGenuine(Connection connection) throws SQLException {
        Boolean known = genuine;
        if (known == null) {
            known = TableUpkeep.exemption(connection) == null;
            genuine = known;
        }
        return known;
    }
}

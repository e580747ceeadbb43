package dev.dovetail.cache.coherence;

import dev.dovetail.engine.ChangeSignals;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the wire when the first connection shows which product it leads to. Safe for use by several threads. */
final class Wires {

    private static final Logger log = LoggerFactory.getLogger(Wires.class);

    private final ChangeSignals signals;
    private final Wire bySignals;
    private final Wire byTable;
    private final boolean onlyTable;
    private volatile @Nullable Wire chosen;

    Wires(ChangeSignals signals, Wire bySignals, Wire byTable, boolean onlyTable) {
        this.signals = signals;
        this.bySignals = bySignals;
        this.byTable = byTable;
        this.onlyTable = onlyTable;
    }

    Wire at(Connection connection) throws SQLException {
        Wire known = chosen;
        return known == null ? choose(connection) : known;
    }

    private Wire choose(Connection connection) throws SQLException {
        boolean signalled = !onlyTable && signals.areSupported(connection);
        Wire wire = signalled ? bySignals : byTable;
        if (chosen == null) {
            log.info(
                    "Changes by other instances are heard {}",
                    signalled ? "at once, by the database's own messages" : "from the table " + TableWire.TABLE);
        }
        chosen = wire;
        return wire;
    }
}

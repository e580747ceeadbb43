package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.HealthProbe;

/** A question to a file, on a connection that cannot write: whoever has the writer waits for nobody who looks. */
interface FileProbe extends HealthProbe {

    @Override
    default ConnectionRole role() {
        return ConnectionRole.READER;
    }
}

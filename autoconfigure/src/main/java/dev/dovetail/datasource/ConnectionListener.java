package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import java.time.Duration;

/** Hears how long callers waited for a connection. Must be quick and safe for use by several threads. */
@FunctionalInterface
public interface ConnectionListener {

    /** A pooled connection was handed out, or was not in time. */
    void onAcquisition(ConnectionRole role, Duration waited, boolean succeeded);
}

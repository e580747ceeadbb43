package dev.dovetail.transaction;

import dev.dovetail.engine.ConnectionRole;
import java.util.Map;

/** Whether the database is asked at the moment. Safe for use by several threads. */
public interface CircuitStates {

    /** The state of each pool's circuit: {@code closed}, {@code open} or {@code half_open}. */
    Map<ConnectionRole, String> states();
}

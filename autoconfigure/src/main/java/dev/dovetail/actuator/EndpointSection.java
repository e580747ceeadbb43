package dev.dovetail.actuator;

import java.util.List;

/** A part of {@code GET /actuator/dovetail} that can also be had alone, and what can be asked for with it. */
public interface EndpointSection {

    /** By which it is had. */
    String name();

    /** What it shows now. Looking changes nothing. */
    Object show();

    /** What can be asked for. */
    default List<EndpointAction> actions() {
        return List.of();
    }
}

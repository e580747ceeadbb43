package dev.dovetail.maintenance;

/** The optimizer is at work already; try again when that has ended. */
public final class MaintenanceRunningException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    MaintenanceRunningException(String message) {
        super(message);
    }
}

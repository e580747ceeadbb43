package dev.dovetail.maintenance;

import dev.dovetail.engine.LogCheckpoint;

/** Hears of maintenance; what it throws is logged. A bean of this type is told. */
public interface MaintenanceListener {

    /** The optimizer has run; not called for dry runs. */
    default void onRun(OptimizationReport report) {}

    /** A checkpoint was made. */
    default void onCheckpoint(LogCheckpoint.Result result) {}

    /** Readers have kept the log from being copied for so many checkpoints in a row that it grows without end. */
    default void onStarvation(LogCheckpoint.Result result) {}
}

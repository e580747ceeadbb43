package dev.dovetail.transaction;

/** How far a saga has come. */
public enum SagaState {
    /** Its steps are being done. */
    RUNNING,
    /** A step failed, or the process that ran it ended; what was done is being undone. */
    COMPENSATING,
    /** All steps were done. */
    COMPLETED,
    /** All steps that had been done were undone. */
    COMPENSATED
}

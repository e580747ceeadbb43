package dev.dovetail.monitoring.statistics;

/**
 * The minute that runs, with room behind it: processors hand each other 64 bytes of memory at a time, and two threads that add to
 * figures beside each other would wait for each other as if they were the same.
 */
@SuppressWarnings("UnusedVariable")
final class RunningMinute extends Minute {

    private long room1, room2, room3, room4, room5, room6, room7, room8;

    RunningMinute() {
        super(true);
    }
}

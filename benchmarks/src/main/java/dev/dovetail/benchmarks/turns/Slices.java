package dev.dovetail.benchmarks.turns;

import com.sun.management.ThreadMXBean;
import dev.dovetail.benchmarks.report.Spread;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What calls of one application took on one thread, in short slices between which others have their turn. */
public final class Slices {

    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Double> nanos = new ArrayList<>();
    private final List<Double> cpuNanos = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    /** How many slices fill this time. */
    public static long in(int millis) {
        return Math.max(1, TimeUnit.MILLISECONDS.toNanos(millis) / SLICE);
    }

    /** Calls for one slice. */
    public void take(Runnable call) {
        long calls = 0;
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        long now;
        do {
            call.run();
            calls++;
            now = System.nanoTime();
        } while (now - start < SLICE);
        nanos.add((double) (now - start) / calls);
        cpuNanos.add((double) (THREADS.getCurrentThreadCpuTime() - cpu) / calls);
        bytes.add((double) (THREADS.getCurrentThreadAllocatedBytes() - allocated) / calls);
    }

    /** Forgets what was taken to warm up. */
    public void forget() {
        nanos.clear();
        cpuNanos.clear();
        bytes.clear();
    }

    /** Of the slices the middle one: a checkpoint or a collection meets a few of them, and by chance. */
    public Call call() {
        return new Call(new Spread(nanos).median(), new Spread(cpuNanos).median(), new Spread(bytes).median());
    }
}

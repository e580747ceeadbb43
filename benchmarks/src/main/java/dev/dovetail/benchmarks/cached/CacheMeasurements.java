package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.ReadRounds.ReadTime;
import java.util.List;

/** What all forks measured; empty lists for what was not asked. */
record CacheMeasurements(
        List<ReadTime> reads, List<UnusedCost> unused, List<WriteSpeed> writes, List<SlowQueryTimes> slowQuery) {}

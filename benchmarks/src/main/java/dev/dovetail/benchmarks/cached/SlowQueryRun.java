package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.dovetail.CachedApplication;
import dev.dovetail.benchmarks.cached.dovetail.CachedUsers;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** A query that takes {@value #COLD_MILLIS} ms, asked again and again, without any warm-up. */
final class SlowQueryRun {

    static final int COLD_MILLIS = 300;

    private static final int ROWS = 10_000;
    private static final int FIRST_ROWS = 50;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final CachedApplication application;
    private final int calls;

    private SlowQueryRun(CachedApplication application, int calls) {
        this.application = application;
        this.calls = calls;
    }

    static SlowQueryTimes of(Engine engine, int calls, int coldMillis) {
        try (DatabaseUnderTest database = Databases.copy(engine, ROWS);
                CachedApplication application = CachedApplication.onWeb(database)) {
            return new SlowQueryRun(application, calls).measure(engine, coldMillis);
        }
    }

    private SlowQueryTimes measure(Engine engine, int coldMillis) {
        CachedUsers users = application.users();
        // The very first statement of an application takes longer than the query itself.
        coldMillis(users, 1);
        long rows = FIRST_ROWS;
        double cold = coldMillis(users, rows);
        while (cold < coldMillis) {
            rows = Math.round(rows * Math.clamp(1.1 * coldMillis / cold, 1.1, 4));
            cold = coldMillis(users, rows);
        }
        long asked = rows;
        long missed = misses();
        Histogram inProcess = times(users.countPairs(asked), () -> users.countPairs(asked));
        Histogram rest = overHttp(asked);
        if (misses() != missed) {
            throw new IllegalStateException("%d of the calls were no hits".formatted(misses() - missed));
        }
        return new SlowQueryTimes(
                engine.id(),
                cold,
                inProcess.getValueAtPercentile(99) / NANOS_PER_MILLI,
                inProcess.getMaxValue() / NANOS_PER_MILLI,
                rest.getValueAtPercentile(95) / NANOS_PER_MILLI);
    }

    private static double coldMillis(CachedUsers users, long rows) {
        long start = System.nanoTime();
        users.countPairs(rows);
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    private long misses() {
        return application
                .database()
                .caches()
                .statistics(CachedApplication.CACHE)
                .misses();
    }

    private Histogram overHttp(long rows) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/pairs/%d".formatted(application.port(), rows)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return times(application.users().countPairs(rows), () -> Long.parseLong(body(client, request)));
        }
    }

    private static String body(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new IllegalStateException("The application did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Histogram times(long expected, LongSupplier call) {
        Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(2), 3);
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            long answer = call.getAsLong();
            nanos.recordValue(System.nanoTime() - start);
            if (answer != expected) {
                throw new IllegalStateException("Expected %d but got %d".formatted(expected, answer));
            }
        }
        return nanos;
    }
}

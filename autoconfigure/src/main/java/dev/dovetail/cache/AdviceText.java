package dev.dovetail.cache;

import java.time.Duration;
import java.util.Locale;

/** What advice says to people. */
final class AdviceText {

    private AdviceText() {}

    static String cache(String method, Numbers numbers) {
        return "Put @Cached on %s: %s".formatted(method, wouldPay(numbers));
    }

    static String makeImmutable(String method, Numbers numbers, String mutablePart) {
        return "@Cached on %s would pay, but what it returns can be changed by whoever gets it: %s. Make that immutable first, or say @Immutable on the class if nobody changes it. Then %s"
                .formatted(method, mutablePart, wouldPay(numbers));
    }

    private static String wouldPay(Numbers numbers) {
        return "%s of %s calls an hour would find a result that takes %s to read, which saves %s an hour."
                .formatted(
                        share(numbers.hitRate()),
                        count(numbers.calls()),
                        time(numbers.meanLoadTime()),
                        time(numbers.timeSaved()));
    }

    /** @param remedy what to do */
    static String remove(String remedy, Numbers numbers, boolean full) {
        return "%s: only %s of %s calls an hour find a result%s, and that %s.%s"
                .formatted(
                        remedy,
                        share(numbers.hitRate()),
                        count(numbers.calls()),
                        numbers.invalidations() < numbers.calls() / 2
                                ? ""
                                : ", as mostly a table has changed since it was kept",
                        costs(numbers),
                        full ? " Or give its cache more room: it is full, and drops most of what it is given." : "");
    }

    private static String costs(Numbers numbers) {
        Duration saved = numbers.timeSaved();
        return saved.isNegative()
                ? "costs " + time(saved.negated()) + " an hour more than it saves"
                : "saves " + time(saved) + " an hour";
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String count(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    private static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis < 1) {
            return String.format(Locale.ROOT, "%.0f µs", millis * 1000);
        }
        return millis < 1000
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : String.format(Locale.ROOT, "%,.1f s", millis / 1000);
    }

    /**
     * What advice rests on, by the hour.
     *
     * @param invalidations results that are not current any more when they are asked for
     */
    record Numbers(
            double hitRate,
            double calls,
            Duration meanLoadTime,
            Duration timeSaved,
            double meanRows,
            double invalidations) {

        CacheAdvice advice(String method, CacheAdvice.Kind kind, String text) {
            return new CacheAdvice(
                    method, kind, hitRate, calls, meanLoadTime, timeSaved, meanRows, invalidations, text);
        }
    }
}

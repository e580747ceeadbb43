package dev.dovetail.monitoring.statistics;

import dev.dovetail.engine.ErrorCode;
import dev.dovetail.monitoring.statistics.ErrorPattern.FailedStatement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which errors came how often, and of which statements. Safe for use by several threads. */
final class ErrorPatterns {

    private static final int MOST_STATEMENTS = 20;

    private final Map<ErrorCode, Failures> known = new EnumMap<>(ErrorCode.class);

    synchronized void failed(Fingerprint statement, ErrorCode code, long minute) {
        known.computeIfAbsent(code, each -> new Failures()).add(statement, minute);
    }

    /** Those from one minute to another one, both included, the most frequent first. */
    synchronized List<ErrorPattern> between(long from, long to, int top) {
        return known.entrySet().stream()
                .map(each -> each.getValue().between(each.getKey(), from, to))
                .filter(each -> each.count() > 0)
                .sorted(Comparator.comparingLong(ErrorPattern::count).reversed().thenComparing(ErrorPattern::error))
                .limit(top)
                .toList();
    }

    private static final class Failures {

        private final MinuteCounts all = new MinuteCounts();
        // The statements of which it was seen last.
        private final Map<Long, Failing> statements = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Failing> eldest) {
                return size() > MOST_STATEMENTS;
            }
        };

        void add(Fingerprint statement, long minute) {
            all.add(minute);
            statements
                    .computeIfAbsent(statement.hash(), hash -> new Failing(statement, new MinuteCounts()))
                    .counts()
                    .add(minute);
        }

        ErrorPattern between(ErrorCode code, long from, long to) {
            List<FailedStatement> failed = statements.values().stream()
                    .map(each -> each.between(from, to))
                    .filter(each -> each.count() > 0)
                    .sorted(Comparator.comparingLong(FailedStatement::count)
                            .reversed()
                            .thenComparing(FailedStatement::text))
                    .toList();
            return new ErrorPattern(code, all.between(from, to), failed);
        }
    }

    private record Failing(Fingerprint statement, MinuteCounts counts) {

        FailedStatement between(long from, long to) {
            return new FailedStatement(statement.id(), statement.text(), counts.between(from, to));
        }
    }

    private static final class MinuteCounts {

        private final long[] minutes = new long[FigureCell.MINUTES];
        private final long[] counts = new long[FigureCell.MINUTES];

        MinuteCounts() {
            Arrays.fill(minutes, Long.MIN_VALUE);
        }

        void add(long minute) {
            int place = (int) Math.floorMod(minute, (long) FigureCell.MINUTES);
            if (minutes[place] != minute) {
                minutes[place] = minute;
                counts[place] = 0;
            }
            counts[place]++;
        }

        long between(long from, long to) {
            long sum = 0;
            for (int i = 0; i < minutes.length; i++) {
                sum += minutes[i] >= from && minutes[i] <= to ? counts[i] : 0;
            }
            return sum;
        }
    }
}

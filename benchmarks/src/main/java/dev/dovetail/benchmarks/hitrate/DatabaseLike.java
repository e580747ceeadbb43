package dev.dovetail.benchmarks.hitrate;

import java.util.Random;

/**
 * What a table with an index on its id is asked for: of a hundred calls 78 read a row of the working set, 20 a row that
 * was inserted lately, one reads a range and one inserts a few rows. Each goes from the root through an inner page and a
 * leaf to the row. The working set loses one of its rows every fifth call, whether it was often read or not.
 */
final class DatabaseLike {

    private static final int ROWS = 50_000;
    private static final int ROWS_OF_A_LEAF = 50;
    private static final int ROWS_OF_AN_INNER_PAGE = 2_500;
    private static final int WORKING_SET = 5_000;
    private static final int CALLS_UNTIL_SHIFT = 5;
    private static final double EXPONENT = 0.9;
    private static final double MEAN_AGE = 100;

    private static final long ROOT = 0;
    private static final long FIRST_INNER_PAGE = 1;
    private static final long FIRST_LEAF = 1_000;
    private static final long FIRST_ROW = 10_000;

    private final Recorder recorder;
    private final Random random = new Random(3);
    private final Zipf ranks = new Zipf(WORKING_SET, EXPONENT, random);
    private final int[] workingSet;
    private int rows = ROWS;

    DatabaseLike(Recorder recorder) {
        this.recorder = recorder;
        workingSet = random.ints(WORKING_SET, 0, ROWS).toArray();
    }

    void run() {
        for (int call = 1; !recorder.isFull(); call++) {
            if (call % CALLS_UNTIL_SHIFT == 0) {
                workingSet[random.nextInt(WORKING_SET)] = random.nextInt(rows);
            }
            call(random.nextInt(100));
        }
    }

    private void call(int kind) {
        if (kind < 78) {
            row(workingSet[ranks.next()]);
        } else if (kind < 98) {
            row(lately());
        } else if (kind < 99) {
            range(random.nextInt(rows), 50 + random.nextInt(200));
        } else {
            insert(10 + random.nextInt(30));
        }
    }

    private void row(int row) {
        recorder.add(ROOT);
        recorder.add(FIRST_INNER_PAGE + row / ROWS_OF_AN_INNER_PAGE);
        recorder.add(FIRST_LEAF + row / ROWS_OF_A_LEAF);
        recorder.add(FIRST_ROW + row);
    }

    private void range(int first, int length) {
        int end = Math.min(first + length, rows);
        row(first);
        for (int row = first + 1; row < end; row++) {
            if (row % ROWS_OF_A_LEAF == 0) {
                recorder.add(FIRST_LEAF + row / ROWS_OF_A_LEAF);
            }
            recorder.add(FIRST_ROW + row);
        }
    }

    private void insert(int count) {
        for (int i = 0; i < count; i++) {
            row(rows++);
        }
    }

    private int lately() {
        int age = (int) (-MEAN_AGE * StrictMath.log(1 - random.nextDouble()));
        return Math.max(0, rows - 1 - age);
    }
}

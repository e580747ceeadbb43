package dev.dovetail.benchmarks.hitrate;

import java.util.Arrays;
import java.util.Random;

/** Draws ranks from 0 on: the one of rank r as often as (r + 1) to the power of −exponent says. */
final class Zipf {

    private final double[] sums;
    private final Random random;

    Zipf(int ranks, double exponent, Random random) {
        this.random = random;
        sums = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            // Math.pow may differ in the last bit from one machine to another.
            sum += StrictMath.pow(rank + 1.0, -exponent);
            sums[rank] = sum;
        }
    }

    int next() {
        int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found + 1, sums.length - 1);
    }
}

package dev.dovetail.benchmarks.hitrate;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Keys as numbers of seven bits a byte, lowest first, compressed by gzip: zero stands for the key after the one before,
 * as in a scan, and any other number for the key that is one less.
 */
final class TraceFormat {

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;
    private static final int LOW = MORE - 1;

    private TraceFormat() {}

    /** Reads all keys. */
    static long[] read(InputStream compressed) throws IOException {
        InputStream bytes = new BufferedInputStream(new GZIPInputStream(compressed));
        LongStream.Builder keys = LongStream.builder();
        long key = -1;
        for (int first = bytes.read(); first >= 0; first = bytes.read()) {
            long number = number(first, bytes);
            key = number == 0 ? key + 1 : number - 1;
            keys.add(key);
        }
        return keys.build().toArray();
    }

    /**
     * Writes keys and closes the stream.
     *
     * @throws IllegalArgumentException if one is negative
     */
    static void write(long[] keys, OutputStream file) throws IOException {
        try (OutputStream bytes = new BufferedOutputStream(new GZIPOutputStream(file))) {
            long before = -1;
            for (long key : keys) {
                if (key < 0) {
                    throw new IllegalArgumentException("No trace has negative keys: " + key);
                }
                put(key == before + 1 ? 0 : key + 1, bytes);
                before = key;
            }
        }
    }

    private static long number(int first, InputStream bytes) throws IOException {
        long number = first & LOW;
        int next = first;
        for (int shift = BITS; next >= MORE; shift += BITS) {
            next = bytes.read();
            if (next < 0) {
                throw new EOFException("The trace ends within a key");
            }
            number |= (long) (next & LOW) << shift;
        }
        return number;
    }

    private static void put(long number, OutputStream bytes) throws IOException {
        long rest = number;
        while (rest >= MORE) {
            bytes.write((int) (rest & LOW) | MORE);
            rest >>>= BITS;
        }
        bytes.write((int) rest);
    }
}

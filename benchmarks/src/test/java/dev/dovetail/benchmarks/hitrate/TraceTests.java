package dev.dovetail.benchmarks.hitrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TraceTests {

    @ParameterizedTest
    @EnumSource(Trace.class)
    void theFileIsWhatTheGeneratorMakes(Trace trace) {
        assertThat(trace.keys()).hasSize(TraceGenerator.LENGTH).isEqualTo(TraceGenerator.keys(trace));
        assertThat(Trace.of(trace.id())).isEqualTo(trace);
    }

    @Test
    void itIsWrittenAgainAsItIs(@TempDir Path directory) throws IOException {
        TraceGenerator.write(directory);
        for (Trace trace : Trace.values()) {
            assertThat(TraceFormat.read(Files.newInputStream(directory.resolve(trace.file()))))
                    .isEqualTo(trace.keys());
        }
    }

    @Test
    void aLoopComesBackAfterEachKeyOnce() {
        long[] keys = Trace.LOOP.keys();
        assertThat(Arrays.stream(keys).limit(1_100).distinct()).hasSize(1_100);
        assertThat(Arrays.stream(keys).distinct()).hasSize(1_100);
    }

    @Test
    void whatAScanReadsNeverComesAgain() {
        long[] scanned = Arrays.stream(Trace.SCAN_MIXED.keys())
                .filter(key -> key >= 100_000)
                .toArray();
        assertThat(scanned).doesNotHaveDuplicates().isSorted().hasSizeGreaterThan(55_000);
    }

    @Test
    void theRankOfAZipfSaysHowOftenItIsDrawn() {
        Zipf zipf = new Zipf(4, 1, new Random(7));
        int[] counts = new int[4];
        for (int i = 0; i < 25_000; i++) {
            counts[zipf.next()]++;
        }
        assertThat(counts[0]).isBetween(11_700, 12_300);
        assertThat(counts[1]).isBetween(5_800, 6_200);
        assertThat(counts[3]).isBetween(2_850, 3_150);
    }

    @Test
    void keysOfAnySizeAreReadAsTheyWereWritten() throws IOException {
        long[] keys = {5, 0, 1, 2, 127, 128, 16_383, 16_384, 0, Long.MAX_VALUE - 1, 7, 7};
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        TraceFormat.write(keys, file);
        assertThat(TraceFormat.read(new ByteArrayInputStream(file.toByteArray())))
                .isEqualTo(keys);
    }

    @Test
    void aFileThatEndsTooEarlyIsRefused() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream bytes = new GZIPOutputStream(file)) {
            bytes.write(0x80);
        }
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> TraceFormat.read(new ByteArrayInputStream(file.toByteArray())));
    }

    @Test
    void whatIsNoTraceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceFormat.write(new long[] {-1}, new ByteArrayOutputStream()));
        assertThatIllegalArgumentException().isThrownBy(() -> Trace.of("none"));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> new Recorder(1).keys());
    }
}

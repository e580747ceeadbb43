package dev.dovetail.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTests {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private Progress progress(boolean terminal) {
        return new Progress("backup", new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, clock::get);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLogGetsALineForEachTenthAndForEachTenSeconds() {
        try (Progress progress = progress(false)) {
            for (int done = 0; done <= 1_000; done++) {
                clock.addAndGet(Duration.ofMillis(1).toNanos());
                progress.at(done, 1_000);
            }
        }
        assertThat(shown().lines()).hasSize(11);
        assertThat(shown().lines()).last().isEqualTo("backup: 100 %");
        bytes.reset();
        try (Progress slow = progress(false)) {
            slow.at(1, 100_000);
            clock.addAndGet(Duration.ofSeconds(9).toNanos());
            slow.at(2, 100_000);
            clock.addAndGet(Duration.ofSeconds(2).toNanos());
            slow.at(3, 100_000);
        }
        assertThat(shown().lines()).hasSize(2);
    }

    @Test
    void theTimeLeftFollowsFromTheTimeTaken() {
        try (Progress progress = progress(false)) {
            clock.addAndGet(Duration.ofSeconds(30).toNanos());
            progress.at(25, 100);
        }
        assertThat(shown().trim()).isEqualTo("backup: 25 %, 1 min 30 s left");
    }

    @Test
    void aTerminalGetsOneLineThatIsDrawnOver() {
        try (Progress progress = progress(true)) {
            for (int done = 0; done <= 100; done++) {
                clock.addAndGet(Duration.ofMillis(50).toNanos());
                progress.at(done, 100);
            }
        }
        assertThat(shown().lines().filter(line -> !line.isEmpty())).hasSizeBetween(45, 60);
        assertThat(shown())
                .startsWith("\rbackup [")
                .endsWith("] 100 %" + shown().substring(shown().indexOf("100 %") + 5));
        assertThat(shown().chars().filter(each -> each == '\n')).hasSize(1);
    }

    @Test
    void whatIsNotKnownIsNotGuessed() {
        try (Progress progress = progress(false)) {
            progress.at(5, 0);
        }
        assertThat(shown().trim()).isEqualTo("backup: 0 %");
    }
}

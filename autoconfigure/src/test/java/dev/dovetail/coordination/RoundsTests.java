package dev.dovetail.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends rounds, and what does not. */
class RoundsTests {

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofHours(1);

    private final Semaphore done = new Semaphore(0);
    private Rounds rounds = new Rounds("unused", LONG, goesOn -> {});

    @AfterEach
    void stop() {
        rounds.stop(Duration.ofSeconds(5));
    }

    private void start(Duration interval, Rounds.Round round) {
        rounds = new Rounds("rounds", interval, round);
        rounds.start();
    }

    private void assertGoesOn() throws InterruptedException {
        assertThat(done.tryAcquire(3, 20, TimeUnit.SECONDS)).as("three rounds").isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class, StackOverflowError.class})
    void whateverARoundThrowsTheNextOneComes(Class<? extends Throwable> thrown) throws Exception {
        Throwable failure = thrown.getDeclaredConstructor().newInstance();
        start(SHORT, goesOn -> {
            done.release();
            RoundsTests.<RuntimeException>sneak(failure);
        });
        assertGoesOn();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void anInterruptThatARoundLeavesBehindEndsNothingAndMeetsNoOther() throws Exception {
        AtomicBoolean met = new AtomicBoolean();
        start(SHORT, goesOn -> {
            met.compareAndSet(false, Thread.currentThread().isInterrupted());
            done.release();
            Thread.currentThread().interrupt();
        });
        assertGoesOn();
        assertThat(met).isFalse();
    }

    @Test
    void whoeverWakesItNeedNotWait() throws Exception {
        start(LONG, goesOn -> done.release());
        done.acquire();
        rounds.wake();
        assertThat(done.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theRoundThatIsBeingDoneEndsInPeace() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean toldToEnd = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicInteger ended = new AtomicInteger();
        start(LONG, new Rounds.Round() {
            @Override
            public void run(BooleanSupplier goesOn) {
                begun.countDown();
                while (goesOn.getAsBoolean()) {
                    Thread.onSpinWait();
                }
                toldToEnd.set(true);
                interrupted.set(Thread.currentThread().isInterrupted());
            }

            @Override
            public void end() {
                ended.incrementAndGet();
            }
        });
        begun.await();
        rounds.stop(Duration.ofSeconds(20));

        assertThat(toldToEnd).isTrue();
        assertThat(interrupted).isFalse();
        assertThat(ended).hasValue(1);
    }

    @Test
    void aRoundThatDoesNotEndIsInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        start(LONG, goesOn -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        begun.await();
        rounds.stop(Duration.ofMillis(50));
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void itIsStartedAgainAfterItWasStopped() throws Exception {
        start(LONG, goesOn -> done.release());
        done.acquire();
        rounds.stop(Duration.ofSeconds(20));
        rounds.start();
        assertThat(done.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }
}

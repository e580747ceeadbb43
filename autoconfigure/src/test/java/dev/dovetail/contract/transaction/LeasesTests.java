package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.coordination.HeldLease;
import dev.dovetail.coordination.Lease;
import dev.dovetail.coordination.Leases;
import dev.dovetail.engine.DatabaseEngine;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one instance at a time may do; connections do not even commit by themselves. */
@EngineContract
class LeasesTests {

    private static final SharedApplications applications =
            SharedApplications.with("spring.datasource.hikari.auto-commit=false");

    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestApplication application;
    private final Leases ours;
    private final Leases theirs;

    LeasesTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.ours = leases("ours");
        this.theirs = leases("theirs");
    }

    private Leases leases(String owner) {
        return new Leases(
                application.template(),
                application.transaction(),
                application.bean(DatabaseEngine.class).sql(),
                owner);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        application.transaction().executeWithoutResult(status -> application.defineOwnTables());
    }

    private void change(String assignment) {
        application
                .transaction()
                .executeWithoutResult(
                        status -> application.template().update("UPDATE dovetail_lease SET " + assignment));
    }

    @Test
    void oneHasItUntilItIsGivenBack() {
        Lease lease = ours.acquire("work", LONG).orElseThrow();

        assertThat(theirs.acquire("work", LONG)).isEmpty();
        assertThat(theirs.acquire("other", LONG)).isPresent();
        assertThat(ours.renew(lease, LONG)).isTrue();

        ours.release(lease);
        assertThat(ours.renew(lease, LONG)).isFalse();
        assertThat(theirs.acquire("work", LONG))
                .hasValueSatisfying(next -> assertThat(next.token()).isGreaterThan(lease.token()));
    }

    @Test
    void whatHasExpiredGoesToWhoeverAsksAndIsNotRenewed() {
        Lease lease = ours.acquire("work", LONG).orElseThrow();
        change("expires_at = expires_at - 120000, renewed_at = renewed_at - 120000");

        assertThat(ours.renew(lease, LONG)).isFalse();
        Lease next = theirs.acquire("work", LONG).orElseThrow();
        assertThat(next.token()).isGreaterThan(lease.token());
        assertThat(ours.renew(lease, LONG)).isFalse();
        ours.release(lease);
        assertThat(theirs.renew(next, LONG))
                .as("not given back by who had it before")
                .isTrue();
    }

    @Test
    void whoHasItMayTakeItAnew() {
        Lease first = ours.acquire("work", LONG).orElseThrow();
        Lease second = ours.acquire("work", LONG).orElseThrow();
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(ours.renew(first, LONG)).isFalse();
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeItLastForHours() {
        assertThat(ours.acquire("work", LONG)).isPresent();
        change("expires_at = expires_at + 3600000, renewed_at = renewed_at + 3600000");
        assertThat(theirs.acquire("work", LONG)).isPresent();
    }

    @Test
    void anotherDurationOfAnotherInstanceTakesNothingAway() {
        assertThat(ours.acquire("work", Duration.ofHours(1))).isPresent();
        assertThat(theirs.acquire("work", Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void whileItIsHeldItIsRenewedByItself() throws Exception {
        Semaphore beats = new Semaphore(0);
        Duration duration = Duration.ofSeconds(3);
        try (HeldLease held = ours.hold("work", duration, beats::release).orElseThrow()) {
            // Six thirds of it: without renewal it would have ended twice over.
            assertThat(beats.tryAcquire(6, 60, TimeUnit.SECONDS)).isTrue();
            assertThat(theirs.acquire("work", LONG)).isEmpty();
            assertThat(held.isHeld()).isTrue();
        }
        assertThat(theirs.acquire("work", LONG)).isPresent();
    }

    @Test
    void whoHasLostItIsTold() throws Exception {
        Semaphore beats = new Semaphore(0);
        try (HeldLease held =
                ours.hold("work", Duration.ofSeconds(2), beats::release).orElseThrow()) {
            change("owner = 'theirs', token = token + 1");
            assertThat(beats.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
            assertThat(held.isHeld()).isFalse();
        }
        assertThat(ours.acquire("work", LONG))
                .as("closing gives nothing of theirs back")
                .isEmpty();
    }
}

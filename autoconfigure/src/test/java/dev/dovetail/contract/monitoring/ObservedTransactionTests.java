package dev.dovetail.contract.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.monitoring.Family.Child;
import dev.dovetail.contract.monitoring.Family.Children;
import dev.dovetail.transaction.TransactionJournal;
import dev.dovetail.transaction.TransactionObserver;
import dev.dovetail.transaction.TransactionOptions;
import dev.dovetail.transaction.UnitOfWork;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Transactions as observations: what is around what, how each ended, and that nothing is left on the thread. */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class ObservedTransactionTests {

    private final TestEngine engine;
    private final TestApplication application;
    private final Tracing tracing;

    ObservedTransactionTests(TestEngine engine) {
        this.engine = engine;
        application = Family.start(
                engine,
                Beans.class,
                "dovetail.monitoring.observations=true",
                "dovetail.slow-query-threshold=1ns",
                "dovetail.monitoring.explain-slow-queries=false",
                "dovetail.transaction.slow-threshold=1ns");
        Family.children(application, 10);
        tracing = application.bean(Tracing.class);
        tracing.ended().clear();
    }

    @AfterEach
    void close() {
        try {
            assertThat(application.bean(ObservationRegistry.class).getCurrentObservation())
                    .isNull();
            assertThat(MDC.get(Tracing.KEY)).isNull();
        } finally {
            application.close();
        }
    }

    private Children children() {
        return application.bean(Children.class);
    }

    private void inTransaction(String name, Runnable work) {
        application.database().inTransaction(TransactionOptions.named(name), transaction -> {
            work.run();
            return true;
        });
    }

    @Test
    void aCallOfARepositoryIsInItsTransaction() {
        inTransaction("reading", () -> children().findByParent(1));

        assertThat(tracing.ended())
                .containsExactly(
                        "Children.findByParent in transaction reading",
                        "transaction reading: read-write, reading, commit");
    }

    @Test
    void theTransactionOfARepositoryIsInItsCall() {
        children().saveAll(List.of(new Child(null, 1, "a"), new Child(null, 1, "b")));

        assertThat(tracing.ended())
                .containsExactly(
                        "transaction DovetailRepository.saveAll: read-write, DovetailRepository.saveAll, commit, in"
                                + " Children.saveAll",
                        "Children.saveAll");
    }

    @Test
    void oneStatementThatNeedsNoTransactionGetsNoneToBeObserved() {
        children().findById(1L);

        assertThat(tracing.ended()).containsExactly("Children.findById");
    }

    @Test
    void aMethodGivesItsNameWithoutItsPackage() {
        application.bean(Parents.class).count();

        assertThat(tracing.ended())
                .last()
                .isEqualTo("transaction ObservedTransactionTests$Parents.count: read-only,"
                        + " ObservedTransactionTests$Parents.count, commit");
    }

    @Test
    void whatIsRolledBackSaysSo() {
        application.transaction().executeWithoutResult(status -> {
            children().findByParent(1);
            status.setRollbackOnly();
        });
        Throwable thrown = catchThrowable(() -> inTransaction("failing", () -> {
            throw new IllegalStateException("no");
        }));

        assertThat(thrown).hasMessage("no");
        assertThat(tracing.ended())
                .containsExactly(
                        "Children.findByParent in transaction",
                        "transaction: read-write, none, rollback",
                        "transaction failing: read-write, failing, rollback");
    }

    @Test
    void whatTheDatabaseRefusesToCommitIsRolledBack() {
        application.define("""
                CREATE TABLE owner (id ${bigint} PRIMARY KEY);
                CREATE TABLE thing (owner ${bigint} REFERENCES owner DEFERRABLE INITIALLY DEFERRED)""");

        Throwable thrown = catchThrowable(
                () -> inTransaction("orphan", () -> application.template().execute("INSERT INTO thing VALUES (7)")));

        assertThat(thrown).isNotNull();
        assertThat(tracing.ended()).containsExactly("transaction orphan: read-write, orphan, rollback");
    }

    @Test
    void aTransactionBesidesAnotherIsInItAndWhatJoinsIsNone() {
        inTransaction("outer", () -> {
            inTransaction("joining", () -> {});
            application.transaction(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(status -> {});
            // A reader of its own, as SQLite has only one writer.
            application
                    .database()
                    .inTransaction(besides(), transaction -> children().findByParent(1));
            children().findByParent(2);
        });

        assertThat(tracing.ended())
                .containsExactly(
                        "Children.findByParent in transaction inner",
                        "transaction inner: read-only, inner, commit, in transaction outer",
                        "Children.findByParent in transaction outer",
                        "transaction outer: read-write, outer, commit");
    }

    private static TransactionOptions besides() {
        return TransactionOptions.named("inner").asReadOnly().withPropagation(Propagation.REQUIRES_NEW);
    }

    @Test
    void theTraceIsInTheLogOfASlowStatement(CapturedOutput output) {
        inTransaction(
                "traced",
                () -> application
                        .jdbc()
                        .sql("SELECT count(*) FROM child")
                        .query(Long.class)
                        .single());

        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("Slow statement") && line.endsWith("SELECT count(*) FROM child"))
                .singleElement()
                .asString()
                .contains(", trace " + Tracing.ID);
    }

    @Test
    void theTraceIsInTheContextOfTheLogOfASlowTransaction() {
        Logger logger = (Logger) LoggerFactory.getLogger(TransactionJournal.class);
        List<String> lines = new CopyOnWriteArrayList<>();
        // Later the context is another one.
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(event.getFormattedMessage() + event.getMDCPropertyMap());
            }
        };
        appender.start();
        logger.addAppender(appender);
        try {
            inTransaction("traced", () -> children().findByParent(1));
        } finally {
            logger.detachAppender(appender);
        }

        assertThat(lines)
                .filteredOn(line -> line.contains("Slow transaction, committed: 'traced'"))
                .singleElement()
                .asString()
                .contains(Tracing.KEY + "=" + Tracing.ID);
    }

    @Test
    void anObservationThatEndsAfterTheUnitOfWorkInItIsNotEndedWithIt() {
        ObservationRegistry registry = application.bean(ObservationRegistry.class);
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            Observation.createNotStarted("own", registry).observe(() -> {
                unit.commit();
                assertThat(Objects.requireNonNull(registry.getCurrentObservation())
                                .getContext()
                                .getName())
                        .isEqualTo("own");
            });
        }
        inTransaction("next", () -> {});

        assertThat(tracing.ended())
                .containsExactly(
                        "transaction unit of work: read-write, unit of work, commit",
                        "own in transaction unit of work",
                        "transaction next: read-write, next, commit");
    }

    @Test
    void namesMadeAtRunTimeMakeNoMeters() {
        for (int i = 0; i < 1000; i++) {
            inTransaction("import of customer " + i, () -> {});
        }

        assertThat(application.bean(MeterRegistry.class).find("dovetail.transaction").timers().stream()
                        .map(Meter::getId)
                        .map(id -> id.getTag("name")))
                .hasSizeLessThanOrEqualTo(102)
                .contains("other");
    }

    @Test
    void aTransactionGoesOnWhenWhoeverObservesItFails(CapturedOutput output) {
        tracing.fail(true);
        inTransaction("unobserved", () -> children().deleteById(1L));
        tracing.fail(false);

        assertThat(children().existsById(1L)).isFalse();
        assertThat(output).contains("A transaction could not be observed");
        assertThat(application.dataSource().pools())
                .allSatisfy(pool -> assertThat(pool.active()).isZero());
    }

    @Test
    void whatIsNotToBeObservedIsNot() {
        tracing.refuse();
        inTransaction("refused", () -> children().findByParent(1));

        assertThat(tracing.ended()).containsExactly("Children.findByParent");
    }

    @Test
    void withoutThePropertyNobodyObserves() {
        try (TestApplication quiet = Family.start(engine, Beans.class)) {
            quiet.transaction()
                    .executeWithoutResult(status -> quiet.bean(Children.class).findByParent(1));
            assertThat(quiet.bean(Tracing.class).ended()).isEmpty();
            assertThat(quiet.context().getBeansOfType(TransactionObserver.class))
                    .isEmpty();
        }
        try (TestApplication off = Family.start(
                engine, Beans.class, "dovetail.monitoring.observations=true", "dovetail.monitoring.enabled=false")) {
            off.transaction().executeWithoutResult(status -> {});
            assertThat(off.bean(Tracing.class).ended()).isEmpty();
        }
    }

    /** Begins transactions as applications do. */
    static class Parents {

        private final Children children;

        Parents(Children children) {
            this.children = children;
        }

        @Transactional(readOnly = true)
        public long count() {
            return children.count();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Family.Beans.class)
    static class Beans {

        @Bean
        Tracing tracing() {
            return new Tracing();
        }

        @Bean
        Parents parents(Children children) {
            return new Parents(children);
        }
    }
}

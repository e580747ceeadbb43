package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;

/** Rows with a version: who comes second is told, and nothing is lost. */
@EngineContract
class VersionTests {

    private static final int THREADS = 8;
    private static final int INCREMENTS = 50;

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE account (id ${identity}, balance ${integer} NOT NULL, version ${integer} NOT NULL) ${strict};
            CREATE TABLE device (id ${uuid} PRIMARY KEY, name ${text} NOT NULL, version ${bigint}) ${strict};
            """);

    private final Accounts accounts;
    private final Devices devices;

    VersionTests(TestEngine engine) {
        this.accounts = applications.on(engine).bean(Accounts.class);
        this.devices = applications.on(engine).bean(Devices.class);
    }

    record Account(
            @Id @Nullable Long id, int balance, @Version int version) {

        long key() {
            return Objects.requireNonNull(id);
        }

        Account plus(int amount) {
            return new Account(id, balance + amount, version);
        }
    }

    static final class Device {

        @Id
        final UUID id;

        String name;

        @Version
        @Nullable
        Long version;

        Device(UUID id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    interface Accounts extends ListCrudRepository<Account, Long> {}

    interface Devices extends ListCrudRepository<Device, UUID> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Accounts.class, Devices.class}))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        accounts.deleteAll();
        devices.deleteAll();
    }

    @Test
    void whenTwoReadOneVersionThenTheSecondToSaveIsRefused() {
        long id = accounts.save(new Account(null, 10, 0)).key();
        Account one = accounts.findById(id).orElseThrow();
        Account other = accounts.findById(id).orElseThrow();

        Account saved = accounts.save(one.plus(1));

        assertThat(saved.version()).isGreaterThan(one.version());
        assertThatThrownBy(() -> accounts.save(other.plus(100))).isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> accounts.delete(other)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(accounts.findById(id)).contains(saved);
        accounts.delete(saved);
        assertThatThrownBy(() -> accounts.save(saved)).isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void whenOneOfManyIsStaleThenNoneIsSaved() {
        List<Account> saved = accounts.saveAll(List.of(new Account(null, 1, 0), new Account(null, 2, 0)));
        accounts.save(saved.get(1).plus(10));

        assertThatThrownBy(() -> accounts.saveAll(
                        List.of(saved.get(0).plus(100), saved.get(1).plus(100), new Account(null, 100, 0))))
                .isInstanceOf(OptimisticLockingFailureException.class);

        assertThat(accounts.findAll()).extracting(Account::balance).containsExactlyInAnyOrder(1, 12);
        assertThatThrownBy(() -> accounts.deleteAll(saved)).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(accounts.count()).isEqualTo(2);
    }

    @Test
    void whenTheIdIsChosenByTheApplicationThenTheVersionSaysWhatIsNew() {
        UUID id = UUID.randomUUID();
        Device device = devices.save(new Device(id, "lamp"));
        assertThat(device.version).isZero();

        device.name = "torch";
        assertThat(devices.save(device).version).isEqualTo(1);
        assertThat(devices.findById(id).orElseThrow().name).isEqualTo("torch");
    }

    @Test
    void whenManyCountAtOnceAndTryAgainThenEachCountIsThere() throws Exception {
        long id = accounts.save(new Account(null, 0, 0)).key();
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(i -> workers.submit(() -> count(id)))
                    .toList();
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            workers.shutdownNow();
        }
        assertThat(accounts.findById(id)).map(Account::balance).contains(THREADS * INCREMENTS);
    }

    private void count(long id) {
        int counted = 0;
        while (counted < INCREMENTS) {
            try {
                accounts.save(accounts.findById(id).orElseThrow().plus(1));
                counted++;
            } catch (OptimisticLockingFailureException e) {
                Thread.onSpinWait();
            }
        }
    }
}

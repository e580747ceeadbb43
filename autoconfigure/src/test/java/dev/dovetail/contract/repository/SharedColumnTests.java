package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.repository.ListCrudRepository;

/** Entities of which two properties show one column. */
@EngineContract
class SharedColumnTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE parcel (id ${identity}, label ${text}, holder ${bigint});
            CREATE TABLE twin (id ${identity}, label ${text})""");

    private final TestApplication application;

    SharedColumnTests(TestEngine engine) {
        this.application = applications.on(engine);
    }

    record Parcel(
            @Id @Nullable Long id,
            String label,
            AggregateReference<Twin, Long> holder,
            @ReadOnlyProperty @Column("holder") @Nullable Long holderId) {}

    record Twin(
            @Id @Nullable Long id,
            String label,
            @Column("label") String same) {}

    interface Parcels extends ListCrudRepository<Parcel, Long> {

        List<Parcel> findByLabel(String label);

        @Query("SELECT * FROM parcel")
        List<Parcel> everyOne();
    }

    interface Twins extends ListCrudRepository<Twin, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Parcels.class, Twins.class}))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @Test
    void bothShowItHoweverTheRowIsRead() {
        Parcels parcels = application.bean(Parcels.class);
        Parcel saved = parcels.save(new Parcel(null, "one", AggregateReference.to(7L), null));
        Parcel read = new Parcel(saved.id(), "one", AggregateReference.to(7L), 7L);

        assertThat(parcels.findById(Objects.requireNonNull(saved.id()))).contains(read);
        assertThat(parcels.findAll()).containsExactly(read);
        assertThat(parcels.everyOne()).containsExactly(read);
        for (int round = 0; round < 3; round++) {
            assertThat(parcels.findByLabel("one")).containsExactly(read);
        }
    }

    @Test
    void whatBothWriteIsWrittenOnce() {
        Twins twins = application.bean(Twins.class);
        for (int count : new int[] {1, 3, 150}) {
            List<Twin> saved = twins.saveAll(IntStream.range(0, count)
                    .mapToObj(each -> new Twin(null, "x", "x"))
                    .toList());
            assertThat(twins.findAll()).containsAll(saved);
        }
    }
}

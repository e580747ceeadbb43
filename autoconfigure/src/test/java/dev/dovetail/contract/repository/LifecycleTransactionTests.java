package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.event.AfterConvertEvent;
import org.springframework.data.relational.core.mapping.event.AfterSaveEvent;
import org.springframework.data.relational.core.mapping.event.BeforeConvertCallback;
import org.springframework.data.relational.core.mapping.event.BeforeDeleteCallback;
import org.springframework.data.relational.core.mapping.event.BeforeSaveEvent;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.event.TransactionalEventListener;

/** Who takes part in writing and reading is told of everything, and shares its transaction. */
@EngineContract
class LifecycleTransactionTests {

    private static final List<String> told = new ArrayList<>();

    private static final String TABLES = """
            CREATE TABLE parcel (id ${identity}, label ${text} NOT NULL UNIQUE) ${strict};
            CREATE TABLE journal (entry ${text} NOT NULL) ${strict};
            """;

    record Parcel(@Id @Nullable Long id, String label) {

        long key() {
            return Objects.requireNonNull(id);
        }
    }

    interface Parcels extends ListCrudRepository<Parcel, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Parcels.class))
    static class Repositories {}

    /** A callback of which the container knows the interface alone. */
    @Configuration(proxyBeanMethods = false)
    @Import(Repositories.class)
    static class WithCallbacks {

        @Bean
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        BeforeConvertCallback<Parcel> journal(JdbcClient jdbc) {
            return parcel -> {
                jdbc.sql("INSERT INTO journal VALUES ('saving')").update();
                return parcel;
            };
        }

        @Bean
        BeforeDeleteCallback<Parcel> deletions(JdbcClient jdbc) {
            return (parcel, change) -> {
                jdbc.sql("INSERT INTO journal VALUES ('deleting')").update();
                throw new IllegalStateException("kept");
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Repositories.class)
    static class WithListeners {

        @Bean
        Committed committed() {
            return new Committed();
        }

        @Bean
        @Lazy
        LazyListener lazyListener() {
            return new LazyListener();
        }
    }

    static class Committed {

        @TransactionalEventListener
        void saved(AfterSaveEvent<Parcel> event) {
            told.add("committed " + event.getEntity().label());
        }

        @TransactionalEventListener
        void read(AfterConvertEvent<Parcel> event) {
            told.add("read " + event.getEntity().label());
        }

        @EventListener
        void saving(BeforeSaveEvent<Parcel> event) {
            told.add("saving " + event.getEntity().label());
        }
    }

    static class ReadListener implements ApplicationListener<AfterConvertEvent<Parcel>> {

        @Override
        public void onApplicationEvent(AfterConvertEvent<Parcel> event) {
            told.add("read " + event.getEntity().label());
        }
    }

    static class LazyListener implements ApplicationListener<AfterSaveEvent<Parcel>> {

        @Override
        public void onApplicationEvent(AfterSaveEvent<Parcel> event) {
            told.add("saved " + event.getEntity().label());
        }
    }

    private static final SharedApplications withCallbacks = SharedApplications.withTables(WithCallbacks.class, TABLES);
    private static final SharedApplications withListeners = SharedApplications.withTables(WithListeners.class, TABLES);
    private static final SharedApplications quiet = SharedApplications.withTables(Repositories.class, TABLES);

    private final TestEngine engine;

    LifecycleTransactionTests(TestEngine engine) {
        this.engine = engine;
    }

    @AfterAll
    static void stop() {
        withCallbacks.close();
        withListeners.close();
        quiet.close();
    }

    @BeforeEach
    void forget() {
        told.clear();
    }

    private static List<String> journal(TestApplication application) {
        return application
                .jdbc()
                .sql("SELECT entry FROM journal")
                .query(String.class)
                .list();
    }

    @Test
    void whenARowIsRefusedThenWhatACallbackWroteIsUndone() {
        TestApplication application = withCallbacks.on(engine);
        Parcels parcels = application.bean(Parcels.class);
        application.jdbc().sql("DELETE FROM journal").update();
        Parcel saved = parcels.save(new Parcel(null, "box"));
        assertThat(journal(application)).containsExactly("saving");

        assertThatThrownBy(() -> parcels.save(new Parcel(null, "box")))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(journal(application)).containsExactly("saving");

        assertThatThrownBy(() -> parcels.delete(saved)).isInstanceOf(IllegalStateException.class);
        assertThat(journal(application)).containsExactly("saving");
        assertThat(parcels.existsById(saved.key())).isTrue();
    }

    @Test
    void whenListenersWaitForTheCommitThenTheyAreTold() {
        Parcels parcels = withListeners.on(engine).bean(Parcels.class);

        Parcel saved = parcels.save(new Parcel(null, "crate"));
        assertThat(told).containsExactly("saving crate", "saved crate", "committed crate");

        told.clear();
        assertThat(parcels.findById(saved.key())).isPresent();
        assertThat(told).containsExactly("read crate");
        told.clear();
        assertThat(parcels.findAll()).isNotEmpty();
        assertThat(told).contains("read crate");
    }

    @Test
    void whenAListenerComesAtRunTimeThenItIsToldFromThenOn() {
        TestApplication application = quiet.on(engine);
        Parcels parcels = application.bean(Parcels.class);
        Parcel saved = parcels.save(new Parcel(null, "unheard"));
        ApplicationListener<AfterSaveEvent<?>> others = event -> {};
        application.context().addApplicationListener(others);
        parcels.findById(saved.key());

        // As many as before.
        application.context().removeApplicationListener(others);
        ReadListener reading = new ReadListener();
        application.context().addApplicationListener(reading);
        parcels.findById(saved.key());
        assertThat(told).containsExactly("read unheard");

        LazyListener listener = new LazyListener();
        application.context().addApplicationListener(listener);
        parcels.save(new Parcel(null, "heard"));
        assertThat(told).containsExactly("read unheard", "saved heard");

        application.context().removeApplicationListener(listener);
        application.context().removeApplicationListener(reading);
        parcels.findById(parcels.save(new Parcel(null, "unheard again")).key());
        assertThat(told).hasSize(2);
    }
}

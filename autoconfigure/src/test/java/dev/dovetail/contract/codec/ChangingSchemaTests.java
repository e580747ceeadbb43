package dev.dovetail.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.schema.SchemaCatalog;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** Decimals keep their value while tables come, change, and share an embedded class. */
@EngineContract
class ChangingSchemaTests {

    private final TestApplication application;
    private final Purchases purchases;
    private final Invoices invoices;

    ChangingSchemaTests(TestEngine engine) {
        this.application = TestApplication.withRepositories(
                engine,
                Repositories.class,
                "spring.datasource.hikari.maximum-pool-size=1",
                "dovetail.sqlite.readers=1");
        this.purchases = application.bean(Purchases.class);
        this.invoices = application.bean(Invoices.class);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void whenAClassIsEmbeddedInColumnsOfTwoScalesThenEachKeepsItsValue() {
        application.define("CREATE TABLE purchase (id ${identity}, amount ${decimal_12_2}) ${strict}");
        application.define("CREATE TABLE invoice (id ${identity}, total_amount ${decimal_18_4}) ${strict}");

        Invoice invoice = invoices.save(new Invoice(null, new Money(new BigDecimal("1.2500"))));
        Purchase purchase = purchases.save(new Purchase(null, new Money(new BigDecimal("1.25"))));

        assertThat(invoices.findById(Objects.requireNonNull(invoice.id()))).contains(invoice);
        assertThat(purchases.findById(Objects.requireNonNull(purchase.id()))).contains(purchase);
        assertThat(invoices.findByTotalAmount(new BigDecimal("1.25"))).contains(invoice);
    }

    @Test
    void whenATableIsMadeAfterItsEntityFailedThenItsDecimalsAreRight() {
        application.bean(SchemaCatalog.class).current();
        Purchase five = new Purchase(null, new Money(new BigDecimal("5.00")));
        assertThatThrownBy(() -> purchases.save(five)).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(purchases::findAll).isInstanceOf(DataAccessException.class);

        application.define("CREATE TABLE purchase (id ${identity}, amount ${decimal_12_2}) ${strict}");
        purchases.save(five);

        assertThat(purchases.findAll()).extracting(Purchase::amount).containsExactly(five.amount());
        assertThat(application.database().table("purchase").findAll().get(0))
                .containsEntry("amount", new BigDecimal("5.00"));
    }

    @Test
    void whenAColumnIsOfAnotherScaleAfterwardsThenARefreshIsEnough() {
        application.define("CREATE TABLE purchase (id ${identity}, amount ${decimal_12_2}) ${strict}");
        purchases.save(new Purchase(null, new Money(new BigDecimal("5.25"))));

        application.transaction().executeWithoutResult(status -> {
            application.template().execute("DROP TABLE purchase");
            application.define("CREATE TABLE purchase (id ${identity}, amount ${decimal_18_4}) ${strict}");
            application.bean(SchemaCatalog.class).refresh();
            purchases.save(new Purchase(null, new Money(new BigDecimal("5.25"))));
        });

        assertThat(purchases.findAll())
                .extracting(Purchase::amount)
                .containsExactly(new Money(new BigDecimal("5.2500")));
    }

    @Test
    void whenATableIsNewThenItCostsNoCatalogStatementsForEver() {
        application.bean(SchemaCatalog.class).current();
        application.define("CREATE TABLE purchase (id ${identity}, amount ${decimal_12_2}) ${strict}");
        purchases.save(new Purchase(null, new Money(new BigDecimal("1.00"))));
        purchases.findAll();
        application.statements();

        purchases.save(new Purchase(null, new Money(new BigDecimal("2.00"))));
        purchases.findAll();

        assertThat(application.statements()).hasSize(2);
    }

    @Test
    void whenNothingIsKnownYetThenOneConnectionIsEnough() {
        application.define("CREATE TABLE purchase (id ${identity}, amount ${decimal_12_2}) ${strict}");
        application.template().update("INSERT INTO purchase (amount) VALUES (" + stored() + ")");

        assertThat(purchases.findAll()).extracting(Purchase::amount).containsExactly(new Money(new BigDecimal("3.00")));
    }

    private String stored() {
        return application.database().info().engine().equals("sqlite") ? "300" : "3";
    }

    @Table("purchase")
    record Purchase(
            @Id @Nullable Long id,
            @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL) Money amount) {}

    @Table("invoice")
    record Invoice(
            @Id @Nullable Long id,

            @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL, prefix = "total_")
            Money total) {}

    record Money(BigDecimal amount) {}

    interface Purchases extends ListCrudRepository<Purchase, Long> {}

    interface Invoices extends ListCrudRepository<Invoice, Long> {

        List<Invoice> findByTotalAmount(BigDecimal amount);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            basePackageClasses = ChangingSchemaTests.class,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Purchases.class, Invoices.class}))
    static class Repositories {}
}

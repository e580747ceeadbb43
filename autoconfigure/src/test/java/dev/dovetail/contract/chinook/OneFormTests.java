package dev.dovetail.contract.chinook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.chinook.Chinook.Invoice;
import dev.dovetail.contract.chinook.ChinookRepositories.Invoices;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;

/** What is written has the form of what is there already, so that one question finds both. */
class OneFormTests extends Editions {

    private static final int LAST = 412;
    private static final LocalDateTime OLD = LocalDateTime.of(2022, 9, 13, 0, 0);
    private static final String FORMS = """
            SELECT DISTINCT typeof(InvoiceId), typeof(InvoiceDate), length(InvoiceDate),
                InvoiceDate GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]',
                typeof(Total), typeof(BillingState) FROM Invoice WHERE""";

    @AfterEach
    void removeWhatWasWritten() {
        for (Edition shop : editions()) {
            shop.change("DELETE FROM invoice WHERE invoice_id > ?", LAST);
        }
    }

    private static Invoice invoice(@Nullable Integer id, LocalDateTime date, String total) {
        return new Invoice(id, 5, date, null, "Praha", "Č", "Czech Republic", null, new BigDecimal(total));
    }

    private static Edition sqlite() {
        return editions().get(0);
    }

    private static List<Map<String, Object>> forms(String condition) {
        return sqlite().application().template().queryForList(FORMS + " " + condition);
    }

    private static void assertFormOfTheOthers() {
        assertThat(forms("InvoiceId > 412"))
                .isEqualTo(forms("InvoiceId <= 412 AND BillingState IS NOT NULL"))
                .hasSize(1);
    }

    @Test
    void whenARepositorySavesThenTheFormIsThatOfTheOtherRows() {
        Invoices invoices = sqlite().bean(Invoices.class);

        Invoice saved = invoices.save(invoice(null, OLD, "13.86"));

        assertThat(saved.invoiceId()).isEqualTo(LAST + 1);
        assertFormOfTheOthers();
        assertThat(sqlite().application()
                        .template()
                        .queryForMap("SELECT InvoiceDate AS at, Total AS total FROM Invoice WHERE InvoiceId = 413"))
                .isEqualTo(Map.of("at", "2022-09-13 00:00:00", "total", 13.86));
        invoices.save(invoice(saved.invoiceId(), OLD.plusSeconds(1), "1.01"));
        assertFormOfTheOthers();
        assertThat(invoices.findById(LAST + 1)).contains(invoice(LAST + 1, OLD.plusSeconds(1), "1.01"));
    }

    @Test
    void whenItIsWrittenByNameThenTheFormIsThatOfTheOtherRows() {
        sqlite().table("invoice").insert(invoice(null, OLD, "13.86"));
        assertFormOfTheOthers();

        sqlite().table("invoice")
                .where("InvoiceId")
                .gt(LAST)
                .update(Map.of("InvoiceDate", OLD.plusSeconds(1), "Total", new BigDecimal("1.01")));
        assertFormOfTheOthers();

        Map<String, Object> row = new LinkedHashMap<>(Map.of("InvoiceId", 500, "CustomerId", 5, "InvoiceDate", OLD));
        row.putAll(Map.of("Total", 2.5, "BillingState", "x"));
        sqlite().table("invoice").insertAll(List.of(row));
        assertFormOfTheOthers();
    }

    @Test
    void whenAWholeAmountIsWrittenThenItIsEqualToItself() {
        for (Edition shop : editions()) {
            Invoices invoices = shop.bean(Invoices.class);
            shop.bean(JdbcAggregateOperations.class).insert(invoice(900, OLD, "1020"));

            assertThat(invoices.findByTotalOrderByInvoiceId(new BigDecimal("1020.00")))
                    .containsExactly(invoice(900, OLD, "1020.00"));
            assertThat(shop.table("invoice")
                            .where("total")
                            .is(1020)
                            .as(Invoice.class)
                            .list())
                    .containsExactly(invoice(900, OLD, "1020.00"));
            assertThat(shop.table("invoice").sum("total")).isEqualTo(new BigDecimal("3348.60"));
        }
    }

    @Test
    void whenOneAsksForMomentsThenOldAndNewRowsAreFound() {
        List<List<String>> found = both(shop -> {
            Invoices invoices = shop.bean(Invoices.class);
            List<Invoice> old = invoices.findByInvoiceDateOrderByInvoiceId(OLD);
            assertThat(old).isNotEmpty();
            shop.bean(JdbcAggregateOperations.class).insert(invoice(900, OLD, "13.86"));
            shop.table("invoice").insert(invoice(901, OLD.plusDays(1).minusSeconds(1), "1.01"));
            shop.table("invoice").insert(invoice(902, OLD.plusDays(1), "1.01"));

            List<Invoice> equal = invoices.findByInvoiceDateOrderByInvoiceId(OLD);
            assertThat(equal).hasSize(old.size() + 1).containsAll(old);
            assertThat(shop.table("invoice")
                            .where(shop.name("invoice_date"))
                            .is(OLD)
                            .orderBy(shop.name("invoice_id"))
                            .as(Invoice.class)
                            .list())
                    .isEqualTo(equal);
            List<Invoice> between = invoices.findByInvoiceDateBetweenOrderByInvoiceId(
                    OLD, OLD.plusDays(1).minusSeconds(1));
            assertThat(between)
                    .extracting(Invoice::invoiceId)
                    .contains(900, 901)
                    .doesNotContain(902);
            return Values.rows(between);
        });

        assertThat(found).hasSizeGreaterThan(2);
    }

    @Test
    void whenADecimalHasMoreDigitsThanTheColumnThenItIsRefusedOnBoth() {
        for (Edition shop : editions()) {
            long before = shop.table("invoice").count();
            assertThatThrownBy(() -> shop.bean(JdbcAggregateOperations.class).insert(invoice(900, OLD, "1.005")))
                    .as("on %s", shop)
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining(shop.name("total"));
            assertThat(shop.table("invoice").count()).isEqualTo(before);
        }
    }
}

package dev.dovetail.contract.chinook;

import static dev.dovetail.repository.table.Condition.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

import dev.dovetail.contract.chinook.Chinook.Invoice;
import dev.dovetail.contract.chinook.Chinook.Track;
import dev.dovetail.contract.chinook.ChinookRepositories.Customers;
import dev.dovetail.contract.chinook.ChinookRepositories.Employees;
import dev.dovetail.contract.chinook.ChinookRepositories.Genres;
import dev.dovetail.contract.chinook.ChinookRepositories.Invoices;
import dev.dovetail.contract.chinook.ChinookRepositories.Tracks;
import dev.dovetail.repository.table.Aggregate;
import dev.dovetail.repository.table.Condition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;

/** What one asks a shop: the answers of both engines are equal, and are those of plain SQL. */
class QuestionTests extends Editions {

    private static final LocalDateTime SPRING = LocalDateTime.of(2022, 3, 1, 0, 0);
    private static final LocalDateTime SUMMER = LocalDateTime.of(2022, 6, 1, 0, 0);

    /** Rows of maps or records as {@link #both} compares them. */
    private static List<List<String>> asked(Function<Edition, List<?>> question) {
        return both(edition -> Values.rows(question.apply(edition)));
    }

    @Test
    void whichCountriesBuyMost() {
        List<List<String>> answer = asked(shop -> {
            Aggregate sales = Aggregate.sum(shop.name("total")).as("sales");
            return shop.table("invoice")
                    .groupBy(shop.name("billing_country"))
                    .aggregate(sales, Aggregate.count())
                    .orderBy(sales, Direction.DESC)
                    .orderBy(shop.name("billing_country"), Direction.ASC)
                    .limit(7)
                    .list();
        });

        assertThat(answer).hasSize(7).startsWith(List.of("USA", "523.06", "91"));
        assertPlain(answer, """
                SELECT billing_country, ROUND(SUM(total), 2) AS a, COUNT(*) AS b FROM invoice
                GROUP BY billing_country ORDER BY a DESC, billing_country LIMIT 7""");
    }

    @Test
    void whichCustomersSpentMoreThanFortyFive() {
        List<List<String>> answer = asked(shop -> shop.table("invoice")
                .join(shop.name("customer"))
                .groupBy(shop.name("customer.customer_id"), shop.name("customer.last_name"))
                .aggregate(Aggregate.sum(shop.name("total")))
                .having(Aggregate.sum(shop.name("total")))
                .gt(new BigDecimal("45"))
                .orderBy(shop.name("customer.customer_id"), Direction.ASC)
                .list());

        assertThat(answer).hasSizeGreaterThan(3);
        assertPlain(answer, """
                SELECT c.customer_id, c.last_name, ROUND(SUM(i.total), 2) FROM invoice i
                JOIN customer c ON c.customer_id = i.customer_id GROUP BY c.customer_id, c.last_name
                HAVING SUM(i.total) > 45 ORDER BY c.customer_id""");
    }

    @Test
    void whoIsTheBestCustomerOfEachCountry() {
        List<List<String>> answer = both(shop -> {
            Aggregate spent = Aggregate.sum(shop.name("total"));
            Map<String, List<String>> best = new LinkedHashMap<>();
            Values.rows(shop.table("invoice")
                            .join(shop.name("customer"))
                            .groupBy(shop.name("customer.country"), shop.name("customer.customer_id"))
                            .aggregate(spent)
                            .orderBy(shop.name("customer.country"), Direction.ASC)
                            .orderBy(spent, Direction.DESC)
                            .orderBy(shop.name("customer.customer_id"), Direction.ASC)
                            .list())
                    .forEach(row -> best.putIfAbsent(row.get(0), row));
            return sorted(best.values(), 1);
        });

        assertThat(answer).hasSize(24);
        assertPlain(answer, """
                SELECT country, customer_id, spent FROM (
                    SELECT c.country, c.customer_id, ROUND(SUM(i.total), 2) AS spent, ROW_NUMBER() OVER (
                        PARTITION BY c.country ORDER BY ROUND(SUM(i.total), 2) DESC, c.customer_id) AS place
                    FROM invoice i JOIN customer c ON c.customer_id = i.customer_id GROUP BY c.country, c.customer_id) x
                WHERE place = 1 ORDER BY customer_id""");
    }

    @Test
    void whichTracksWereNeverSold() {
        List<List<String>> answer = asked(shop -> shop.table("track")
                .leftJoin(shop.name("invoice_line"))
                .where(shop.name("invoice_line.invoice_line_id"))
                .isNull()
                .orderBy(shop.name("track_id"))
                .select(shop.name("track_id"), shop.name("name"))
                .list());

        assertThat(answer).hasSize(1519);
        assertPlain(answer, """
                SELECT t.track_id, t.name FROM track t WHERE NOT EXISTS (
                    SELECT 1 FROM invoice_line l WHERE l.track_id = t.track_id) ORDER BY t.track_id""");
    }

    @Test
    void whoReportsToWhom() {
        List<List<String>> answer = asked(shop -> shop.table("employee")
                .leftJoin(shop.name("employee"), shop.name("reports_to"), "manager")
                .orderBy(shop.name("employee_id"))
                .select(shop.name("last_name"), "manager." + shop.name("last_name"))
                .list());

        assertThat(answer).hasSize(8).startsWith(List.of("Adams", "null"));
        assertPlain(answer, """
                SELECT e.last_name, m.last_name AS boss FROM employee e LEFT JOIN employee m ON m.employee_id = e.reports_to
                ORDER BY e.employee_id""");
        List<List<String>> typed = asked(shop -> {
            Employees employees = shop.bean(Employees.class);
            return employees.findByReportsToIsNull().stream()
                    .flatMap(head -> employees.findByReportsToOrderByHireDateAsc(head.employeeId()).stream())
                    .toList();
        });
        assertPlain(typed, "SELECT * FROM employee WHERE reports_to = 1 ORDER BY hire_date");
    }

    @Test
    void whichPlaylistsHaveMostTracks() {
        List<List<String>> answer = asked(shop -> shop.table("playlist_track")
                .join(shop.name("playlist"))
                .groupBy(shop.name("playlist.playlist_id"), shop.name("playlist.name"))
                .aggregate(Aggregate.count(), Aggregate.countDistinct(shop.name("track_id")))
                .orderBy(Aggregate.count(), Direction.DESC)
                .orderBy(shop.name("playlist.playlist_id"), Direction.ASC)
                .limit(5)
                .list());

        assertThat(answer).startsWith(List.of("1", "Music", "3290", "3290"));
        assertPlain(answer, """
                SELECT p.playlist_id, p.name, COUNT(*) AS a, COUNT(DISTINCT t.track_id) AS b FROM playlist_track t
                JOIN playlist p ON p.playlist_id = t.playlist_id GROUP BY p.playlist_id, p.name
                ORDER BY COUNT(*) DESC, p.playlist_id LIMIT 5""");
    }

    @Test
    void whatDidEachGenreEarn() {
        List<List<String>> answer = asked(shop -> shop.table("invoice_line")
                .join(shop.name("track"))
                .join(shop.name("genre"))
                .groupBy(shop.name("genre.genre_id"))
                .aggregate(Aggregate.sum(shop.name("invoice_line.unit_price")), Aggregate.max(shop.name("genre.name")))
                .orderBy(shop.name("genre.genre_id"), Direction.ASC)
                .list());

        assertThat(answer).startsWith(List.of("1", "826.65", "Rock"));
        assertPlain(answer, """
                SELECT g.genre_id, ROUND(SUM(l.unit_price * l.quantity), 2), MAX(g.name) FROM invoice_line l
                JOIN track t ON t.track_id = l.track_id JOIN genre g ON g.genre_id = t.genre_id
                GROUP BY g.genre_id ORDER BY g.genre_id""");
    }

    @Test
    void whatWasSoldInSpring() {
        List<List<String>> named = asked(shop -> shop.table("invoice")
                .where(shop.name("invoice_date"))
                .between(SPRING, SUMMER)
                .orderBy(shop.name("invoice_id"))
                .list());
        List<List<String>> typed =
                asked(shop -> shop.bean(Invoices.class).findByInvoiceDateBetweenOrderByInvoiceId(SPRING, SUMMER));

        assertThat(named).hasSizeBetween(15, 40).isEqualTo(typed);
        assertPlain(
                named,
                "SELECT * FROM invoice WHERE CAST(invoice_date AS TEXT) BETWEEN ? AND ? ORDER BY invoice_id",
                "2022-03-01 00:00:00",
                "2022-06-01 00:00:00");
        assertThat(both(shop -> List.of(List.of(Values.normalised(shop.table("invoice")
                        .where(shop.name("invoice_date"))
                        .lt(SUMMER)
                        .max(shop.name("invoice_date"))
                        .orElseThrow())))))
                .containsExactly(List.of("2022-05-30 00:00:00"));
    }

    @Test
    void howMuchMoneyIsItInAll() {
        List<List<String>> answer = both(shop -> List.of(List.of(
                shop.table("invoice").sum(shop.name("total")).toString(),
                shop.table("invoice")
                        .avg(shop.name("total"))
                        .orElseThrow()
                        .setScale(2, RoundingMode.HALF_UP)
                        .toString(),
                Values.normalised(shop.table("invoice").max(shop.name("total")).orElseThrow()),
                Values.normalised(shop.table("invoice").min(shop.name("total")).orElseThrow()),
                String.valueOf(shop.bean(Invoices.class).countByBillingStateIsNull()))));

        assertThat(answer).containsExactly(List.of("2328.60", "5.65", "25.86", "0.99", "202"));
        assertPlain(answer, """
                SELECT ROUND(SUM(total), 2) AS a, ROUND(AVG(total), 2) AS b, MAX(total) AS c, MIN(total) AS d,
                SUM(CASE WHEN billing_state IS NULL THEN 1 ELSE 0 END) AS e FROM invoice""");
    }

    @Test
    void whichInvoicesAreLargeAndWhichAreExactlySo() {
        List<List<String>> large = asked(shop -> shop.bean(Invoices.class)
                .findByTotalGreaterThanEqualOrderByTotalDescInvoiceIdAsc(new BigDecimal("13.86")));
        assertThat(large).hasSizeGreaterThan(50);
        assertPlain(large, "SELECT * FROM invoice WHERE total >= 13.86 ORDER BY total DESC, invoice_id");

        List<List<String>> exact =
                asked(shop -> shop.bean(Invoices.class).findByTotalOrderByInvoiceId(new BigDecimal("13.86")));
        assertThat(exact).hasSize(49);
        assertPlain(exact, "SELECT * FROM invoice WHERE total = 13.86 ORDER BY invoice_id");
        assertThat(asked(shop -> shop.table("invoice")
                        .where(shop.name("total"))
                        .is(new BigDecimal("13.860"))
                        .orderBy(shop.name("invoice_id"))
                        .list()))
                .isEqualTo(exact);
        assertThat(asked(shop -> list(shop.bean(JdbcAggregateOperations.class)
                        .findAll(
                                query(where(Invoice::total).is(new BigDecimal("13.86")))
                                        .sort(Sort.by("invoiceId")),
                                Invoice.class))))
                .isEqualTo(exact);
    }

    @Test
    void whoComposedWithMercury() {
        List<List<String>> typed =
                asked(shop -> shop.bean(Tracks.class).findByComposerContainingIgnoreCaseOrderByTrackId("mercury"));
        List<List<String>> named = asked(shop -> shop.table("track")
                .where(shop.name("composer"))
                .ignoreCase()
                .contains("MERCURY")
                .orderBy(shop.name("track_id"))
                .list());

        assertThat(typed).hasSizeGreaterThan(10).isEqualTo(named);
        assertPlain(typed, "SELECT * FROM track WHERE LOWER(composer) LIKE '%'||?||'%' ORDER BY track_id", "mercury");
    }

    @Test
    void whichTracksAreOnTheThirdPageOfJazz() {
        PageRequest third = PageRequest.of(2, 20, Sort.by(Direction.DESC, "milliseconds"));
        List<List<String>> typed = asked(shop -> {
            int jazz = shop.bean(Genres.class).findByName("Jazz").orElseThrow().genreId();
            Page<Track> page = shop.bean(Tracks.class).findByGenreId(jazz, third);
            assertThat(page.getTotalElements()).isEqualTo(130);
            return page.getContent();
        });
        List<List<String>> named = asked(shop -> {
            Page<Track> page = shop.table("track")
                    .join(shop.name("genre"))
                    .where(shop.name("genre.name"))
                    .is("Jazz")
                    .as(Track.class)
                    .page(third);
            assertThat(page.getTotalElements()).isEqualTo(130);
            return page.getContent();
        });

        assertThat(typed).hasSize(20).isEqualTo(named);
        assertPlain(typed, """
                SELECT t.* FROM track t JOIN genre g ON g.genre_id = t.genre_id WHERE g.name = 'Jazz'
                ORDER BY milliseconds DESC LIMIT 20 OFFSET 40""");
    }

    @Test
    void whichCustomersOfTheNorthHaveNoCompany() {
        List<String> north = List.of("Norway", "Sweden", "Finland", "Denmark", "Canada");
        List<List<String>> named = asked(shop -> shop.table("customer")
                .where(column(shop.name("country"))
                        .in(north)
                        .and(Condition.not(column(shop.name("company")).isNotNull())))
                .orderBy(shop.name("customer_id"))
                .list());
        List<List<String>> typed =
                asked(shop -> shop.bean(Customers.class).findByCountryInOrderByCustomerId(north).stream()
                        .filter(customer -> customer.company() == null)
                        .toList());

        assertThat(named).isNotEmpty().isEqualTo(typed);
        assertPlain(named, """
                SELECT * FROM customer WHERE country IN ('Norway', 'Sweden', 'Finland', 'Denmark', 'Canada')
                AND company IS NULL ORDER BY customer_id""");
    }

    @Test
    void whichTracksAreLong() {
        List<List<String>> typed =
                both(shop -> sorted(Values.rows(shop.bean(Tracks.class).longerThan(8)), 0));

        assertThat(typed).hasSizeGreaterThan(50);
        for (Edition shop : editions()) {
            assertThat(typed)
                    .isEqualTo(sorted(
                            shop.plain("SELECT * FROM track WHERE milliseconds > 480000 AND composer IS NOT NULL"), 0));
        }
    }

    private static List<List<String>> sorted(Collection<List<String>> rows, int column) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> Integer.valueOf(row.get(column))))
                .toList();
    }

    private static <T> List<T> list(Iterable<T> rows) {
        List<T> list = new ArrayList<>();
        rows.forEach(list::add);
        return list;
    }
}

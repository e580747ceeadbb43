package dev.dovetail.contract.chinook;

import dev.dovetail.contract.chinook.Chinook.Album;
import dev.dovetail.contract.chinook.Chinook.Artist;
import dev.dovetail.contract.chinook.Chinook.Customer;
import dev.dovetail.contract.chinook.Chinook.Employee;
import dev.dovetail.contract.chinook.Chinook.Genre;
import dev.dovetail.contract.chinook.Chinook.Invoice;
import dev.dovetail.contract.chinook.Chinook.InvoiceLine;
import dev.dovetail.contract.chinook.Chinook.MediaType;
import dev.dovetail.contract.chinook.Chinook.Playlist;
import dev.dovetail.contract.chinook.Chinook.PlaylistTrack;
import dev.dovetail.contract.chinook.Chinook.PlaylistTrackId;
import dev.dovetail.contract.chinook.Chinook.Track;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/** A repository for each table, for both editions. */
final class ChinookRepositories {

    private ChinookRepositories() {}

    interface Albums extends ListCrudRepository<Album, Integer> {}

    interface Artists extends ListCrudRepository<Artist, Integer> {}

    interface Customers extends ListCrudRepository<Customer, Integer> {

        List<Customer> findByCountryInOrderByCustomerId(List<String> countries);
    }

    interface Employees extends ListCrudRepository<Employee, Integer> {

        List<Employee> findByReportsToOrderByHireDateAsc(int manager);

        List<Employee> findByReportsToIsNull();
    }

    interface Genres extends ListCrudRepository<Genre, Integer> {

        Optional<Genre> findByName(String name);
    }

    interface Invoices extends ListCrudRepository<Invoice, Integer> {

        List<Invoice> findByInvoiceDateBetweenOrderByInvoiceId(LocalDateTime from, LocalDateTime to);

        List<Invoice> findByInvoiceDateOrderByInvoiceId(LocalDateTime moment);

        List<Invoice> findByTotalOrderByInvoiceId(BigDecimal total);

        List<Invoice> findByTotalGreaterThanEqualOrderByTotalDescInvoiceIdAsc(BigDecimal least);

        long countByBillingStateIsNull();
    }

    interface InvoiceLines extends ListCrudRepository<InvoiceLine, Integer> {}

    interface MediaTypes extends ListCrudRepository<MediaType, Integer> {}

    interface Playlists extends ListCrudRepository<Playlist, Integer> {}

    interface PlaylistTracks extends ListCrudRepository<PlaylistTrack, PlaylistTrackId> {}

    interface Tracks extends ListCrudRepository<Track, Integer> {

        Page<Track> findByGenreId(int genre, Pageable page);

        List<Track> findByComposerContainingIgnoreCaseOrderByTrackId(String part);

        Window<Track> findAllBy(ScrollPosition position, Sort sort, Limit limit);

        // Names of one word differ between the editions in letter case only.
        @Query("SELECT * FROM track WHERE milliseconds > :#{#minutes * 60000} AND composer IS NOT NULL")
        List<Track> longerThan(int minutes);
    }
}

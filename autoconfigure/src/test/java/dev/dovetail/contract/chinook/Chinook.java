package dev.dovetail.contract.chinook;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/** The rows of each table, for both editions, in the order of the columns. */
final class Chinook {

    private Chinook() {}

    record Album(@Id Integer albumId, String title, int artistId) {}

    record Artist(@Id Integer artistId, @Nullable String name) {}

    record Customer(
            @Id Integer customerId,
            String firstName,
            String lastName,
            @Nullable String company,
            @Nullable String address,
            @Nullable String city,
            @Nullable String state,
            @Nullable String country,
            @Nullable String postalCode,
            @Nullable String phone,
            @Nullable String fax,
            String email,
            @Nullable Integer supportRepId) {}

    record Employee(
            @Id Integer employeeId,
            String lastName,
            String firstName,
            @Nullable String title,
            @Nullable Integer reportsTo,
            @Nullable LocalDateTime birthDate,
            @Nullable LocalDateTime hireDate,
            @Nullable String address,
            @Nullable String city,
            @Nullable String state,
            @Nullable String country,
            @Nullable String postalCode,
            @Nullable String phone,
            @Nullable String fax,
            @Nullable String email) {}

    record Genre(@Id Integer genreId, @Nullable String name) {}

    record Invoice(
            @Id @Nullable Integer invoiceId,
            int customerId,
            LocalDateTime invoiceDate,
            @Nullable String billingAddress,
            @Nullable String billingCity,
            @Nullable String billingState,
            @Nullable String billingCountry,
            @Nullable String billingPostalCode,
            BigDecimal total) {}

    record InvoiceLine(@Id Integer invoiceLineId, int invoiceId, int trackId, BigDecimal unitPrice, int quantity) {}

    record MediaType(@Id Integer mediaTypeId, @Nullable String name) {}

    record Playlist(@Id Integer playlistId, @Nullable String name) {}

    record PlaylistTrackId(int playlistId, int trackId) {}

    record PlaylistTrack(@Id PlaylistTrackId id) {}

    record Track(
            @Id Integer trackId,
            String name,
            @Nullable Integer albumId,
            int mediaTypeId,
            @Nullable Integer genreId,
            @Nullable String composer,
            int milliseconds,
            @Nullable Integer bytes,
            BigDecimal unitPrice) {}
}

package dev.dovetail.sample.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Who awards badges: a school, a company, a club.
 *
 * @param url home page; there is one issuer for each
 * @param version 0 until it is saved, by which Spring Data knows that it is new although its id is given
 */
@Table("issuers")
public record Issuer(
        @Id UUID id,
        String name,
        String url,
        @Nullable String email,
        Instant createdAt,
        @Version long version) {

    /** An issuer that is not saved yet. */
    public static Issuer of(String name, String url, @Nullable String email, Instant now) {
        return new Issuer(UUID.randomUUID(), name, url, email, now, 0);
    }
}

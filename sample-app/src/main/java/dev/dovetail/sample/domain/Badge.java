package dev.dovetail.sample.domain;

import java.time.Instant;
import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Something one can achieve; Open Badges calls it a badge class.
 *
 * @param name unique among the badges of its issuer
 * @param criteria what one has to do for it
 * @param version 0 until it is saved
 */
@Table("badges")
public record Badge(
        @Id UUID id,
        UUID issuerId,
        String name,
        String description,
        String criteria,
        Instant createdAt,
        @Version long version) {

    /** A badge that is not saved yet. */
    public static Badge of(UUID issuerId, String name, String description, String criteria, Instant now) {
        return new Badge(UUID.randomUUID(), issuerId, name, description, criteria, now, 0);
    }

    /** The same badge, defined anew on the basis of this version of it. */
    public Badge redefined(long basis, String newName, String newDescription, String newCriteria) {
        return new Badge(id, issuerId, newName, newDescription, newCriteria, createdAt, basis);
    }
}

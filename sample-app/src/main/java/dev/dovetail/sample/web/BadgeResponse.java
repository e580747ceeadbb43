package dev.dovetail.sample.web;

import dev.dovetail.sample.domain.Badge;
import java.time.Instant;
import java.util.UUID;

/** A badge, as others see it. */
record BadgeResponse(UUID id, UUID issuerId, String name, String description, String criteria, Instant createdAt) {

    static BadgeResponse of(Badge badge) {
        return new BadgeResponse(
                badge.id(), badge.issuerId(), badge.name(), badge.description(), badge.criteria(), badge.createdAt());
    }
}

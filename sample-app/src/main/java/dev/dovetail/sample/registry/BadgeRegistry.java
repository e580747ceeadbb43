package dev.dovetail.sample.registry;

import dev.dovetail.sample.domain.Assertion;
import dev.dovetail.sample.domain.Badge;
import dev.dovetail.sample.domain.Issuer;
import dev.dovetail.sample.repository.AssertionRepository;
import dev.dovetail.sample.repository.BadgeRepository;
import dev.dovetail.sample.repository.IssuerRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The registry. Safe for use by several threads.
 *
 * <p>That something is there once, and that what it refers to exists, is left to the database's constraints: a question
 * beforehand could be answered and outdated at once.
 */
@Service
@Transactional(readOnly = true)
public class BadgeRegistry {

    private static final String HAS_THIS_NAME = "The issuer has a badge with this name already.";

    private final IssuerRepository issuers;
    private final BadgeRepository badges;
    private final AssertionRepository assertions;
    private final Clock clock;

    BadgeRegistry(IssuerRepository issuers, BadgeRepository badges, AssertionRepository assertions, Clock clock) {
        this.issuers = issuers;
        this.badges = badges;
        this.assertions = assertions;
        this.clock = clock;
    }

    /** @throws ConflictException if there is one with this URL */
    @Transactional
    public Issuer register(String name, String url, @Nullable String email) {
        Issuer issuer = Issuer.of(name, url, email, now());
        return once(() -> issuers.save(issuer), "There is an issuer with this URL already.");
    }

    /** @throws NotFoundException if there is none */
    public Issuer issuer(UUID id) {
        return issuers.findById(id).orElseThrow(() -> new NotFoundException("issuer", id));
    }

    public Page<Issuer> issuers(Pageable pageable) {
        return issuers.findAll(pageable);
    }

    public Window<Issuer> issuers(ScrollPosition position, Sort sort, Limit limit) {
        return issuers.findAllBy(position, sort, limit);
    }

    /** @throws ConflictException if the issuer has one with this name */
    @Transactional
    public Badge define(UUID issuerId, String name, String description, String criteria) {
        Badge badge = Badge.of(issuerId, name, description, criteria, now());
        return once(() -> badges.save(badge), HAS_THIS_NAME);
    }

    /**
     * Defines a badge anew, if nobody has since this version.
     *
     * @throws NotFoundException if there is none
     * @throws OutdatedException if its version is another one
     * @throws ConflictException if the issuer has one with this name
     */
    @Transactional
    public Badge redefine(UUID id, long version, String name, String description, String criteria) {
        Badge redefined = badge(id).redefined(version, name, description, criteria);
        try {
            return once(() -> badges.save(redefined), HAS_THIS_NAME);
        } catch (OptimisticLockingFailureException ex) {
            throw new OutdatedException(badge(id).version(), ex);
        }
    }

    /** @throws NotFoundException if there is none */
    public Badge badge(UUID id) {
        return badges.findById(id).orElseThrow(() -> new NotFoundException("badge", id));
    }

    public Page<Badge> badges(Pageable pageable) {
        return badges.findAll(pageable);
    }

    public Window<Badge> badges(ScrollPosition position, Sort sort, Limit limit) {
        return badges.findAllBy(position, sort, limit);
    }

    /** @throws ConflictException if the recipient holds this badge, unless it was revoked */
    @Transactional
    public Assertion award(UUID badgeId, String recipient, @Nullable String evidence, @Nullable Instant expiresAt) {
        Instant expiry = expiresAt == null ? null : stored(expiresAt);
        Assertion assertion = Assertion.of(badgeId, normalized(recipient), evidence, now(), expiry);
        return once(() -> assertions.save(assertion), "The recipient holds this badge already.");
    }

    /**
     * @throws NotFoundException if there is none
     * @throws ConflictException if it is revoked already
     */
    @Transactional
    public Assertion revoke(UUID id, String reason) {
        Assertion assertion = assertion(id);
        if (assertion.isRevoked()) {
            throw new ConflictException("The assertion is revoked already.", null);
        }
        return assertions.save(assertion.revoked(now(), reason));
    }

    /** @throws NotFoundException if there is none */
    public Assertion assertion(UUID id) {
        return assertions.findById(id).orElseThrow(() -> new NotFoundException("assertion", id));
    }

    public Page<Assertion> assertions(Pageable pageable) {
        return assertions.findAll(pageable);
    }

    public Window<Assertion> assertions(ScrollPosition position, Sort sort, Limit limit) {
        return assertions.findAllBy(position, sort, limit);
    }

    public Page<Assertion> assertionsOf(String recipient, Pageable pageable) {
        return assertions.findByRecipient(normalized(recipient), pageable);
    }

    public Window<Assertion> assertionsOf(String recipient, ScrollPosition position, Sort sort, Limit limit) {
        return assertions.findByRecipient(normalized(recipient), position, sort, limit);
    }

    private static <T> T once(Supplier<T> save, String otherwise) {
        try {
            return save.get();
        } catch (DuplicateKeyException ex) {
            throw new ConflictException(otherwise, ex);
        }
    }

    private static String normalized(String recipient) {
        return recipient.toLowerCase(Locale.ROOT);
    }

    private Instant now() {
        return stored(clock.instant());
    }

    /** As the database keeps it, so that what is returned now is what is read later. */
    private static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}

package dev.dovetail.sample.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dovetail.sample.domain.Assertion;
import dev.dovetail.sample.domain.Badge;
import dev.dovetail.sample.domain.Issuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are the same on every machine and at every start: the n-th row is a function of n and nothing else.
 *
 * <p>Ten badges for each person, of 200 by 20 issuers; one assertion in fifty is revoked, one in ten expires.
 */
final class GeneratedData {

    static final int ISSUERS = 20;
    static final int BADGES = 200;

    private static final int BADGES_PER_PERSON = 10;
    private static final int REVOKED_ONE_IN = 50;
    private static final int EXPIRING_ONE_IN = 10;
    private static final long SEED = 20_260_101L;
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(17);

    private static final List<String> LEVELS = List.of("First Steps in", "Good at", "Expert in", "Teacher of");
    private static final List<String> SUBJECTS = List.of(
            "Joinery",
            "Databases",
            "Beekeeping",
            "Statistics",
            "First Aid",
            "Baking",
            "Typography",
            "Astronomy",
            "Sailing",
            "Chess");
    private static final List<String> NAMES =
            List.of("ada", "björn", "chidi", "dilara", "emiko", "farid", "grace", "hana", "iłona", "joão");

    private GeneratedData() {}

    static Issuer issuer(int n) {
        String url = "https://issuer-%d.example.org".formatted(n);
        String email = "badges@issuer-%d.example.org".formatted(n);
        return new Issuer(id("issuer", n), "Generated Issuer %02d".formatted(n), url, email, BEGINNING, 0);
    }

    static Badge badge(int n) {
        String subject = SUBJECTS.get(n % SUBJECTS.size());
        String level = LEVELS.get(n / SUBJECTS.size() % LEVELS.size());
        return new Badge(
                id("badge", n),
                id("issuer", n % ISSUERS),
                "%s %s %03d".formatted(level, subject, n),
                "Generated, to have something to look at.",
                "Answer %d questions about %s.".formatted(10 + n % 7, subject),
                BEGINNING.plus(STEP.multipliedBy(n)),
                0);
    }

    static Assertion assertion(int n) {
        SplittableRandom random = new SplittableRandom(SEED + n);
        int person = n / BADGES_PER_PERSON;
        Instant issued = BEGINNING.plus(STEP.multipliedBy(n));
        Instant expires = random.nextInt(EXPIRING_ONE_IN) == 0 ? issued.plus(Duration.ofDays(730)) : null;
        Instant revoked = random.nextInt(REVOKED_ONE_IN) == 0 ? issued.plus(Duration.ofDays(30)) : null;
        return new Assertion(
                id("assertion", n),
                id("badge", badgeOf(person, n % BADGES_PER_PERSON)),
                "%s.%d@example.org".formatted(NAMES.get(person % NAMES.size()), person),
                null,
                issued,
                expires,
                revoked,
                reason(revoked),
                0);
    }

    // Consecutive badges from a place that differs by person: nobody gets the same one twice.
    private static int badgeOf(int person, int which) {
        return (int) ((person * 31L + which) % BADGES);
    }

    private static @Nullable String reason(@Nullable Instant revoked) {
        return revoked == null ? null : "Awarded by mistake.";
    }

    static UUID id(String kind, int n) {
        return UUID.nameUUIDFromBytes("%s %d of %d".formatted(kind, n, SEED).getBytes(UTF_8));
    }
}

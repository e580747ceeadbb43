package dev.dovetail.sample.generate;

import dev.dovetail.sample.repository.AssertionRepository;
import dev.dovetail.sample.repository.BadgeRepository;
import dev.dovetail.sample.repository.IssuerRepository;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.stereotype.Component;

/**
 * Generates what {@code badges.generate} asks for.
 *
 * <p>Rows are written in order, a thousand in one transaction. So the last row of a thousand tells whether all of them are
 * there: a second start writes nothing, and one after an interruption goes on where the first stopped.
 */
@Component
class Generation implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(Generation.class);
    private static final int CHUNK = 1_000;
    private static final int REPORT_EVERY = 10 * CHUNK;

    private final GenerationProperties properties;
    private final IssuerRepository issuers;
    private final BadgeRepository badges;
    private final AssertionRepository assertions;

    Generation(
            GenerationProperties properties,
            IssuerRepository issuers,
            BadgeRepository badges,
            AssertionRepository assertions) {
        this.properties = properties;
        this.issuers = issuers;
        this.badges = badges;
        this.assertions = assertions;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        int wanted = properties.generate();
        if (wanted == 0) {
            return;
        }
        long start = System.nanoTime();
        fill(issuers, "issuer", GeneratedData.ISSUERS, GeneratedData::issuer);
        fill(badges, "badge", GeneratedData.BADGES, GeneratedData::badge);
        int written = fill(assertions, "assertion", wanted, GeneratedData::assertion);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        log.info("Generated {} assertions in {} ms; {} were there already", written, took.toMillis(), wanted - written);
    }

    private static <T> int fill(ListCrudRepository<T, UUID> repository, String kind, int count, IntFunction<T> row) {
        int written = 0;
        for (int from = 0; from < count; from += CHUNK) {
            int to = Math.min(count, from + CHUNK);
            List<T> missing = missing(repository, kind, from, to).mapToObj(row).toList();
            repository.saveAll(missing);
            written += missing.size();
            if (written > 0 && to % REPORT_EVERY == 0) {
                log.info("Generated {} of {} {}s", to, count, kind);
            }
        }
        return written;
    }

    private static IntStream missing(ListCrudRepository<?, UUID> repository, String kind, int from, int to) {
        IntPredicate exists = n -> repository.existsById(GeneratedData.id(kind, n));
        if (exists.test(to - 1)) {
            return IntStream.empty();
        }
        IntStream all = IntStream.range(from, to);
        return exists.test(from) ? all.filter(exists.negate()) : all;
    }
}

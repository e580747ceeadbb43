package dev.dovetail;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.transaction.Retries;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A query that is retried. */
final class NamedQuery implements QuerySpec {

    private static final Logger log = LoggerFactory.getLogger(QuerySpec.class);

    private final String name;
    private final Retries retries;
    private final Function<Throwable, Optional<DatabaseError>> describing;

    NamedQuery(String name, Retries retries, Function<Throwable, Optional<DatabaseError>> describing) {
        this.name = name;
        this.retries = retries;
        this.describing = describing;
    }

    @Override
    public <T extends @Nullable Object> T run(Supplier<? extends T> work) {
        return retries.<T, RuntimeException>run(name, work::get);
    }

    @Override
    public <T extends @Nullable Object> WithFallback<T> fallback(Supplier<? extends T> fallback) {
        return work -> {
            try {
                return retries.<T, RuntimeException>run(name, work::get);
            } catch (RuntimeException e) {
                ErrorCode code = describing.apply(e).map(DatabaseError::code).orElse(null);
                if (code == null || !isOutOfOrder(code)) {
                    throw e;
                }
                log.warn("Query '{}' failed with {}, and its fallback is used", name, code);
                return fallback.get();
            }
        };
    }

    private static boolean isOutOfOrder(ErrorCode code) {
        return switch (code) {
            case UNREACHABLE,
                    CIRCUIT_OPEN,
                    POOL_EXHAUSTED,
                    QUERY_TIMEOUT,
                    LOCK_TIMEOUT,
                    STORAGE_FAILURE,
                    CORRUPT,
                    OUT_OF_MEMORY -> true;
            default -> false;
        };
    }
}

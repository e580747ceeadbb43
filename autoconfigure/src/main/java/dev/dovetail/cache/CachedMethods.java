package dev.dovetail.cache;

import dev.dovetail.engine.DatabaseStartException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/** Which methods of a repository are cached, and where. */
final class CachedMethods {

    // The default of the annotation.
    private static final long NOT_SAID = -1;

    private final ResultCaches caches;
    private final RepositoryInformation repository;
    private final BooleanSupplier oneRow;
    private final Class<?> type;
    private final @Nullable Cached ofType;
    private final Map<Method, Optional<CachedMethod>> known = new ConcurrentHashMap<>();

    /** @param oneRow whether each entity is one row that is found by the primary key of its table */
    CachedMethods(ResultCaches caches, RepositoryInformation repository, BooleanSupplier oneRow) {
        this.caches = caches;
        this.repository = repository;
        this.oneRow = oneRow;
        this.type = repository.getRepositoryInterface();
        this.ofType = AnnotatedElementUtils.findMergedAnnotation(type, Cached.class);
    }

    /** Whether anything of a repository is to be cached. */
    static boolean isAskedFor(Class<?> repositoryInterface) {
        for (Method method : repositoryInterface.getMethods()) {
            if (AnnotatedElementUtils.hasAnnotation(method, Cached.class)) {
                return true;
            }
        }
        return AnnotatedElementUtils.hasAnnotation(repositoryInterface, Cached.class);
    }

    /**
     * Works all of them out.
     *
     * @throws DatabaseStartException if one cannot be cached that should be
     */
    void check() {
        for (Method method : type.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                find(method);
            }
        }
    }

    /** Empty if it is not cached. */
    Optional<CachedMethod> find(Method called) {
        return known.computeIfAbsent(specific(called), method -> Optional.ofNullable(describe(method)));
    }

    // What is called through an interface of Spring Data may be declared anew in the repository's own.
    private Method specific(Method called) {
        Method found = ReflectionUtils.findMethod(type, called.getName(), called.getParameterTypes());
        return BridgeMethodResolver.findBridgedMethod(found == null ? called : found);
    }

    private @Nullable CachedMethod describe(Method method) {
        Cached own = AnnotatedElementUtils.findMergedAnnotation(method, Cached.class);
        Cached said = own != null ? own : ofType;
        if (said == null || !said.enabled()) {
            return null;
        }
        String unfit = MethodFitness.reasonAgainst(repository, method, own != null);
        if (unfit != null) {
            if (own != null) {
                throw refusal(method, unfit, "Leave @Cached out there.");
            }
            return null;
        }
        boolean chosen = MethodFitness.isChosenByCaller(method);
        if (!chosen) {
            checkResult(method);
        }
        ResultCache cache = cache(method, own);
        return cache.isEnabled() ? observed(method, own != null, cache, chosen) : null;
    }

    private CachedMethod observed(Method method, boolean asked, ResultCache cache, boolean chosen) {
        CacheAdvisor advisor = caches.advisor();
        LookupCounts counts = advisor == null ? null : advisor.newCounts();
        CachedMethod cached =
                new CachedMethod(method.getName(), cache, !chosen, byPrimaryKey(method), counts, isOwnCode(method));
        if (advisor != null) {
            String remedy = asked ? "Remove @Cached from " : "Say @Cached(enabled = false) on ";
            advisor.observe(signature(method), remedy + signature(method), cached);
        }
        return cached;
    }

    /** What would come of it if a method's results were kept; empty if that cannot be, or if its author has decided. */
    Optional<WatchedMethod> watched(Method called) {
        Method method = specific(called);
        CacheAdvisor advisor = caches.advisor();
        boolean decided = ofType != null || AnnotatedElementUtils.hasAnnotation(method, Cached.class);
        if (advisor == null || decided || MethodFitness.reasonAgainst(repository, method, false) != null) {
            return Optional.empty();
        }
        boolean chosen = MethodFitness.isChosenByCaller(method);
        String mutable = chosen ? null : MethodFitness.mutablePart(repository, method);
        return Optional.of(advisor.watch(
                new WatchedMethod.Description(signature(method), chosen, mutable, byPrimaryKey(method)),
                caches.size(name(method, null), null, null)));
    }

    private String signature(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", type.getSimpleName() + "." + method.getName() + "(", ")"));
    }

    private void checkResult(Method method) {
        String mutable = MethodFitness.mutablePart(repository, method);
        if (mutable != null) {
            throw refusal(
                    method,
                    "what it returns can be changed by whoever gets it, and would be given to others: " + mutable,
                    "Make it a record or a class of final fields, with nothing in it that can be changed; or say @Immutable"
                            + " (org.springframework.data.annotation) on the class, if nobody changes it; or"
                            + " @Cached(enabled = false) on the method.");
        }
    }

    private DatabaseStartException refusal(Method method, String reason, String action) {
        return new DatabaseStartException(
                "%s.%s cannot be cached: %s".formatted(type.getName(), method.getName(), reason), action, null);
    }

    private ResultCache cache(Method method, @Nullable Cached own) {
        Cached said = own != null && isOnItsOwn(own) ? own : null;
        Cached settings = said != null ? said : ofType;
        String name = name(method, said);
        try {
            return settings == null
                    ? caches.cache(name, null, null)
                    : caches.cache(name, ttl(settings), maximumSize(settings));
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw refusal(method, String.valueOf(e.getMessage()), "Correct its @Cached.");
        }
    }

    private static boolean isOnItsOwn(Cached own) {
        return !own.ttl().isEmpty()
                || own.maximumSize() != NOT_SAID
                || !own.name().isEmpty();
    }

    private String name(Method method, @Nullable Cached own) {
        if (own != null && !own.name().isEmpty()) {
            return own.name();
        }
        String ofRepository = ofType != null && !ofType.name().isEmpty()
                ? ofType.name()
                : StringUtils.uncapitalize(type.getSimpleName());
        return own != null ? ofRepository + "." + method.getName() : ofRepository;
    }

    private static @Nullable Duration ttl(Cached settings) {
        if (settings.ttl().isEmpty()) {
            return null;
        }
        Duration ttl = DurationFormatterUtils.detectAndParse(settings.ttl());
        CacheSettings.checkTtl("Its ttl", ttl);
        return ttl;
    }

    private static @Nullable Long maximumSize(Cached settings) {
        if (settings.maximumSize() == NOT_SAID) {
            return null;
        }
        CacheSettings.checkSize("Its maximumSize", settings.maximumSize());
        return settings.maximumSize();
    }

    private boolean isOwnCode(Method method) {
        return !MethodFitness.isInherited(repository, method) && !repository.isQueryMethod(method);
    }

    private @Nullable BooleanSupplier byPrimaryKey(Method method) {
        boolean byId = MethodFitness.isInherited(repository, method)
                && !repository.isQueryMethod(method)
                && (method.getName().equals("findById") || method.getName().equals("existsById"));
        return byId ? oneRow : null;
    }
}

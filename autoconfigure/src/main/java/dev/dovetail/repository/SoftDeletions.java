package dev.dovetail.repository;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.repository.core.RepositoryMetadata;

/** Which entities are deleted softly, and how; safe for use by several threads. */
final class SoftDeletions {

    private final RelationalMappingContext context;
    private final Map<Class<?>, Optional<SoftDeletion>> known = new ConcurrentHashMap<>();

    SoftDeletions(RelationalMappingContext context) {
        this.context = context;
    }

    /** How this entity is deleted; null if for good. */
    @Nullable
    SoftDeletion of(Class<?> type) {
        Optional<SoftDeletion> answer = known.get(type);
        if (answer == null) {
            answer = Optional.ofNullable(SoftDeletion.of(type, context));
            known.put(type, answer);
        }
        return answer.orElse(null);
    }

    /**
     * Checks an aggregate's root and what belongs to it.
     *
     * @throws IllegalStateException if an annotation is where it cannot be kept
     */
    void check(Class<?> root) {
        of(root);
        context.findPersistentPropertyPaths(root, property -> property.isEntity() && !property.isEmbedded())
                .forEach(path -> {
                    Class<?> child = path.getLeafProperty().getActualType();
                    if (SoftDeletion.isOn(child)) {
                        throw new IllegalStateException(
                                "%s has @SoftDelete, but belongs to the aggregate %s, by its property '%s', and is deleted with it. Put @SoftDelete on the aggregate's root, or refer to it by AggregateReference."
                                        .formatted(child.getName(), root.getName(), path.toDotPath()));
                    }
                });
    }

    /**
     * Refuses a repository of what would be deleted for good although it is not to be.
     *
     * @throws IllegalStateException if its entity has the annotation
     */
    static void refuse(RepositoryMetadata metadata) {
        if (isOn(metadata)) {
            throw new IllegalStateException(
                    "%s has @SoftDelete, but %s does not work on this library's JdbcAggregateTemplate, and would delete for good. Leave out the application's own JdbcAggregateTemplate, dataAccessStrategyRef and jdbcOperationsRef, or the annotation."
                            .formatted(
                                    metadata.getDomainType().getName(),
                                    metadata.getRepositoryInterface().getName()));
        }
    }

    static boolean isOn(RepositoryMetadata metadata) {
        return SoftDeletion.isOn(metadata.getDomainType());
    }
}

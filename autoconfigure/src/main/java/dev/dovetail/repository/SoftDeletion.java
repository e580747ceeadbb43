package dev.dovetail.repository;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.repository.query.parser.PartTree;
import org.springframework.util.StringUtils;

/**
 * How one entity with {@link SoftDelete} is deleted.
 *
 * @param entity the aggregate's root
 * @param property says when it was deleted
 */
record SoftDeletion(RelationalPersistentEntity<?> entity, RelationalPersistentProperty property) {

    private static final Map<Class<?>, String> TYPES = Map.of(
            Instant.class, "Instant", OffsetDateTime.class, "OffsetDateTime", LocalDateTime.class, "LocalDateTime");

    // As PartTree takes names apart.
    private static final Pattern SUBJECT =
            Pattern.compile("^(?:find|read|get|query|search|stream|count|exists|delete|remove)(?:\\p{Lu}.*?)??By");
    private static final Pattern OR = Pattern.compile("Or(?=(?:\\p{Lu}|\\P{InBASIC_LATIN}))");
    private static final Pattern ORDER_BY = Pattern.compile("OrderBy(?=(?:\\p{Lu}|\\P{InBASIC_LATIN}))");

    static boolean isOn(Class<?> type) {
        return AnnotatedElementUtils.hasAnnotation(type, SoftDelete.class);
    }

    /**
     * How this entity is deleted; null if for good.
     *
     * @throws IllegalStateException if the annotation names no property that can say so
     */
    static @Nullable SoftDeletion of(Class<?> type, RelationalMappingContext context) {
        SoftDelete annotation = AnnotatedElementUtils.findMergedAnnotation(type, SoftDelete.class);
        if (annotation == null) {
            return null;
        }
        RelationalPersistentEntity<?> entity = context.getRequiredPersistentEntity(type);
        String name = annotation.property();
        RelationalPersistentProperty property = entity.getPersistentProperty(name);
        if (property == null) {
            throw new IllegalStateException(
                    "%s has @SoftDelete, but no property '%s'. Add it, of type Instant, or name another one: @SoftDelete(property = \"…\")."
                            .formatted(type.getName(), name));
        }
        if (!TYPES.containsKey(property.getType())) {
            throw new IllegalStateException(
                    "The property '%s' of %s is to say when it was deleted, but is of type %s. Make it one of %s."
                            .formatted(
                                    name,
                                    type.getName(),
                                    property.getType().getSimpleName(),
                                    TYPES.values().stream().sorted().toList()));
        }
        SoftDeletion deletion = new SoftDeletion(entity, property);
        deletion.checkName();
        return deletion;
    }

    private void checkName() {
        String parsed;
        try {
            parsed = new PartTree("findBy" + part(), entity.getType())
                    .getParts()
                    .map(part -> part.getProperty().toDotPath())
                    .toList()
                    .toString();
        } catch (RuntimeException e) {
            parsed = String.valueOf(e.getMessage());
        }
        if (!parsed.equals(List.of(property.getName()).toString())) {
            throw new IllegalStateException(
                    "The property '%s' of %s cannot say when it was deleted, as names of query methods cannot name it. Rename it, to deletedAt for example."
                            .formatted(property.getName(), entity.getName()));
        }
    }

    /** What a derived query method would be called that does not find what is deleted. */
    String livingOnly(String method) {
        Matcher subject = SUBJECT.matcher(method);
        int start = subject.find() ? subject.end() : 0;
        String predicate = method.substring(start);
        Matcher orderBy = ORDER_BY.matcher(predicate);
        int end = orderBy.find() ? orderBy.start() : predicate.length();
        String living = Stream.of(OR.split(predicate.substring(0, end)))
                .map(alternative -> alternative.isEmpty() ? part() : alternative + "And" + part())
                .collect(Collectors.joining("Or"));
        return method.substring(0, start) + living + predicate.substring(end);
    }

    private String part() {
        return StringUtils.capitalize(property.getName()) + "IsNull";
    }

    Criteria living() {
        return Criteria.where(property.getName()).isNull();
    }

    Criteria deleted() {
        return Criteria.where(property.getName()).isNotNull();
    }

    Criteria deletedBefore(Instant time, Clock clock) {
        return Criteria.where(property.getName()).lessThan(valueOf(time, clock));
    }

    /** What the property says if something is deleted now. */
    Object now(Clock clock) {
        return valueOf(clock.instant().truncatedTo(ChronoUnit.MICROS), clock);
    }

    private Object valueOf(Instant time, Clock clock) {
        if (property.getType() == OffsetDateTime.class) {
            return time.atOffset(ZoneOffset.UTC);
        }
        return property.getType() == LocalDateTime.class ? LocalDateTime.ofInstant(time, clock.getZone()) : time;
    }

    /** Whether this aggregate says of itself that it is deleted. */
    boolean isDeleted(Object root) {
        return entity.getPropertyAccessor(root).getProperty(property) != null;
    }

    Object idOf(Object root) {
        return Objects.requireNonNull(entity.getIdentifierAccessor(root).getRequiredIdentifier());
    }
}

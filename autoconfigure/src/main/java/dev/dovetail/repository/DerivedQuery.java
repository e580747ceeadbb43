package dev.dovetail.repository;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.JdbcQueryMethod;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ReturnedType;
import org.springframework.data.repository.query.parser.Part;
import org.springframework.data.repository.query.parser.PartTree;
import org.springframework.util.ObjectUtils;

/**
 * A query that is derived from its method's name and whose text does not depend on its arguments, as long as none of them is
 * null: Spring Data renders it once, and from then on its values are bound by position. Safe for use by several threads.
 *
 * @param <T> the entity that it returns
 */
final class DerivedQuery<T> implements RepositoryQuery {

    // Each has its value, or its two, where it stands in the text, as they are.
    private static final Set<Part.Type> COMPARISONS = EnumSet.of(
            Part.Type.SIMPLE_PROPERTY,
            Part.Type.NEGATING_SIMPLE_PROPERTY,
            Part.Type.LESS_THAN,
            Part.Type.LESS_THAN_EQUAL,
            Part.Type.GREATER_THAN,
            Part.Type.GREATER_THAN_EQUAL,
            Part.Type.BEFORE,
            Part.Type.AFTER,
            Part.Type.BETWEEN);

    // Arguments that are alike show nothing; when that many calls have shown nothing, none will.
    private static final int ENOUGH_ATTEMPTS = 64;

    private final JdbcQueryMethod method;
    private final PartTree tree;
    private final RepositoryQuery stock;
    private final StatementRecorder recorder;
    private final DirectAccess direct;
    private final CompiledRowMapper<T> mapper;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile @Nullable DerivedStatement<T> statement;

    /** @param stock the query as Spring Data runs it, by the recorder */
    DerivedQuery(
            JdbcQueryMethod method,
            PartTree tree,
            RepositoryQuery stock,
            StatementRecorder recorder,
            DirectAccess direct,
            CompiledRowMapper<T> mapper) {
        this.method = method;
        this.tree = tree;
        this.stock = stock;
        this.recorder = recorder;
        this.direct = direct;
        this.mapper = mapper;
    }

    /** Whether a method's query has one text, and returns whole entities. */
    static boolean isPossible(JdbcQueryMethod method, PartTree tree) {
        ReturnedType returned = method.getResultProcessor().getReturnedType();
        boolean reads = !tree.isDelete() && !tree.isCountProjection() && !tree.isExistsProjection();
        boolean whole = returned.getReturnedType() == returned.getDomainType() && !returned.isProjecting();
        boolean atOnce = !method.isStreamQuery()
                && !method.isPageQuery()
                && !method.isSliceQuery()
                && !method.isScrollQuery()
                && !method.isModifyingQuery();
        int parameters = method.getParameters().getNumberOfParameters();
        return reads
                && whole
                && atOnce
                && method.getParameters().getBindableParameters().getNumberOfParameters() == parameters
                && tree.getParts().stream().allMatch(DerivedQuery::isComparison)
                && tree.getParts().stream().mapToInt(Part::getNumberOfArguments).sum() == parameters;
    }

    private static boolean isComparison(Part part) {
        return COMPARISONS.contains(part.getType()) && part.shouldIgnoreCase() == Part.IgnoreCaseType.NEVER;
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }

    @Override
    public @Nullable Object execute(Object[] arguments) {
        DerivedStatement<T> known = statement;
        CompiledEntity<T> entity = hasNull(arguments) ? null : mapper.entity();
        if (entity == null) {
            return stock.execute(arguments);
        }
        if (known == null && attempts.get() == ENOUGH_ATTEMPTS) {
            return stock.execute(arguments);
        }
        if (known == null || known.entity() != entity) {
            return recorder.recording(
                    () -> stock.execute(arguments), recorded -> remember(entity, recorded, arguments));
        }
        return method.isCollectionQuery()
                ? direct.list(known, mapper, arguments)
                : direct.single(known, mapper, arguments);
    }

    private static boolean hasNull(Object[] arguments) {
        for (Object argument : arguments) {
            if (argument == null) {
                return true;
            }
        }
        return false;
    }

    // Only what the text shows with certainty: as many values as arguments, each one where it belongs.
    private void remember(CompiledEntity<T> entity, StatementRecorder.Recorded recorded, Object[] arguments) {
        List<EntityColumn> columns = columns(entity);
        attempts.updateAndGet(before -> Math.min(before + 1, ENOUGH_ATTEMPTS));
        if (columns != null && areBound(recorded.values(), columns, arguments)) {
            statement = new DerivedStatement<>(entity, recorded.sql(), columns);
        }
    }

    private static boolean areBound(List<@Nullable Object> bound, List<EntityColumn> columns, Object[] arguments) {
        if (bound.size() != arguments.length) {
            return false;
        }
        for (int i = 0; i < arguments.length; i++) {
            Object value = bound.get(i);
            boolean once = bound.indexOf(value) == bound.lastIndexOf(value);
            if (!once || !ObjectUtils.nullSafeEquals(written(columns.get(i), arguments[i]), value)) {
                return false;
            }
        }
        return true;
    }

    // The call itself has succeeded by now: what only Spring Data can convert is left to it from then on.
    private static @Nullable Object written(EntityColumn column, Object argument) {
        try {
            return column.writer().write(argument);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private @Nullable List<EntityColumn> columns(CompiledEntity<T> entity) {
        List<EntityColumn> columns = new ArrayList<>();
        for (Part part : tree.getParts()) {
            EntityColumn column = entity.column(part.getProperty());
            if (column == null) {
                return null;
            }
            for (int i = 0; i < part.getNumberOfArguments(); i++) {
                columns.add(column);
            }
        }
        return columns;
    }
}

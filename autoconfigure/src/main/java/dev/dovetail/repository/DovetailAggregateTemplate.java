package dev.dovetail.repository;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Spring Data JDBC's template. What it reads by queries of repositories has its children read together, and entities with
 * {@link SoftDelete} are deleted softly and not found any more.
 */
public class DovetailAggregateTemplate extends JdbcAggregateTemplate {

    private final DovetailDataAccessStrategy access;
    private final LivingRows living;
    private final JdbcAggregateTemplate all;
    private final EntityLifecycle lifecycle;
    private final DirectSaves saves;
    private final SoftDeleteExecution softly;

    /** @param clock tells when something is deleted */
    public DovetailAggregateTemplate(
            ApplicationContext context, JdbcConverter converter, DovetailDataAccessStrategy access, Clock clock) {
        this(
                context,
                converter,
                access,
                new LivingRows(access, converter, new SoftDeletions(converter.getMappingContext())),
                clock);
    }

    private DovetailAggregateTemplate(
            ApplicationContext context,
            JdbcConverter converter,
            DovetailDataAccessStrategy access,
            LivingRows living,
            Clock clock) {
        super(context, converter.getMappingContext(), converter, living);
        this.access = access;
        this.living = living;
        this.all = new JdbcAggregateTemplate(context, converter.getMappingContext(), converter, access);
        this.lifecycle = new EntityLifecycle(context);
        this.saves = new DirectSaves(living, converter, lifecycle);
        this.softly = new SoftDeleteExecution(context, living, converter, clock);
    }

    @Override
    public <T> RowMapper<? extends T> getRowMapper(Class<T> type) {
        RowMapper<? extends T> stock = super.getRowMapper(type);
        return getConverter() instanceof ColumnAwareJdbcConverter aware && !access.hasCollections(type)
                ? new CompiledRowMapper<>(type, aware.entities(), stock, afterConvert(type))
                : access.batching(type, stock);
    }

    private <T> Supplier<UnaryOperator<T>> afterConvert(Class<T> type) {
        return () -> lifecycle.isReadUnnoticed(type) ? UnaryOperator.identity() : lifecycle::afterConvert;
    }

    @Override
    public <T> @Nullable T findById(Object id, Class<T> domainType) {
        Assert.notNull(id, "Id must not be null");
        return lifecycle.isReadUnnoticed(domainType) ? living.findById(id, domainType) : super.findById(id, domainType);
    }

    @Override
    public <T> List<T> findAll(Class<T> domainType) {
        return lifecycle.isReadUnnoticed(domainType) ? listOf(living.findAll(domainType)) : super.findAll(domainType);
    }

    // Spring Data's constructor calls this too, before there is anything to pass it on to.
    @Override
    public void setEntityCallbacks(EntityCallbacks entityCallbacks) {
        super.setEntityCallbacks(entityCallbacks);
        if (constructed()) {
            all.setEntityCallbacks(entityCallbacks);
            lifecycle.useCallbacks(entityCallbacks);
            softly.useCallbacks(entityCallbacks);
        }
    }

    @SuppressWarnings("NullAway")
    private boolean constructed() {
        return softly != null;
    }

    @Override
    public void setEntityLifecycleEventsEnabled(boolean enabled) {
        super.setEntityLifecycleEventsEnabled(enabled);
        all.setEntityLifecycleEventsEnabled(enabled);
        lifecycle.publishEvents(enabled);
        softly.publishEvents(enabled);
    }

    @Override
    public <T> List<T> saveAll(Iterable<T> instances) {
        List<T> all = listOf(instances);
        Class<T> type = insertedTogether(all);
        return type != null && saves.areNew(type, all) ? saves.insertAll(type, all) : super.saveAll(all);
    }

    @Override
    public <T> List<T> insertAll(Iterable<T> instances) {
        List<T> all = listOf(instances);
        Class<T> type = insertedTogether(all);
        return type != null ? saves.insertAll(type, all) : super.insertAll(all);
    }

    /** The class of several entities that are one row each, and in whose saving nobody takes part; null otherwise. */
    private <T> @Nullable Class<T> insertedTogether(List<T> instances) {
        if (instances.size() < 2) {
            return null;
        }
        Class<T> type = savedDirectly(instances.get(0));
        return type != null && instances.stream().allMatch(each -> each.getClass() == type) ? type : null;
    }

    // Iterated over once only.
    private static <T> List<T> listOf(Iterable<T> instances) {
        Assert.notNull(instances, "Aggregate instances must not be null");
        if (instances instanceof List<T> already) {
            return already;
        }
        List<T> all = new ArrayList<>();
        instances.forEach(all::add);
        return all;
    }

    @Override
    public <T> T save(T instance) {
        Assert.notNull(instance, "Aggregate instance must not be null");
        Class<T> type = savedDirectly(instance);
        return type == null ? super.save(instance) : saves.save(type, instance);
    }

    @Override
    public <T> T insert(T instance) {
        Assert.notNull(instance, "Aggregate instance must not be null");
        Class<T> type = savedDirectly(instance);
        return type == null ? super.insert(instance) : saves.insert(type, instance);
    }

    @Override
    public <T> T update(T instance) {
        Assert.notNull(instance, "Aggregate instance must not be null");
        Class<T> type = savedDirectly(instance);
        return type == null ? super.update(instance) : saves.update(type, instance);
    }

    /** The class of an entity that is one row, and in whose saving nobody takes part; null otherwise. */
    @SuppressWarnings("unchecked")
    private <T> @Nullable Class<T> savedDirectly(T instance) {
        Class<T> type = (Class<T>) ClassUtils.getUserClass(instance);
        return type == instance.getClass() && isDirect(type) && lifecycle.isWrittenAlone(type) ? type : null;
    }

    @Override
    public <S> void delete(S aggregateRoot) {
        if (softly.of(aggregateRoot.getClass()) == null) {
            super.delete(aggregateRoot);
        } else {
            deleteAll(List.of(aggregateRoot));
        }
    }

    @Override
    public <S> void deleteById(Object id, Class<S> domainType) {
        Assert.notNull(id, "Id must not be null");
        SoftDeletion deletion = softly.of(domainType);
        if (deletion == null && isDirect(domainType) && lifecycle.isDeletedUnnoticed(domainType)) {
            living.delete(id, domainType);
        } else if (deletion == null) {
            super.deleteById(id, domainType);
        } else {
            softly.deleteIds(deletion, domainType, List.of(id));
        }
    }

    @Override
    public <T> void deleteAllById(Iterable<?> ids, Class<T> domainType) {
        SoftDeletion deletion = softly.of(domainType);
        if (deletion == null) {
            super.deleteAllById(ids, domainType);
        } else {
            softly.deleteIds(deletion, domainType, ids);
        }
    }

    @Override
    public void deleteAll(Class<?> domainType) {
        SoftDeletion deletion = softly.of(domainType);
        if (deletion == null) {
            super.deleteAll(domainType);
        } else {
            softly.deleteWhere(deletion, Criteria.empty());
        }
    }

    @Override
    public <T> void deleteAll(Iterable<? extends T> instances) {
        Map<Class<?>, List<Object>> bySoftType = new LinkedHashMap<>();
        List<T> others = new ArrayList<>();
        for (T instance : instances) {
            if (softly.of(instance.getClass()) == null) {
                others.add(instance);
            } else {
                bySoftType
                        .computeIfAbsent(instance.getClass(), type -> new ArrayList<>())
                        .add(instance);
            }
        }
        bySoftType.forEach(this::deleteSoftly);
        super.deleteAll(others);
    }

    private <T> void deleteSoftly(Class<T> type, List<Object> roots) {
        SoftDeletion deletion = Objects.requireNonNull(softly.of(type));
        softly.deleteRoots(deletion, type, roots.stream().map(type::cast).toList());
    }

    @Nullable
    DirectAccess direct() {
        return access.direct();
    }

    /** Whether each of its rows is read and written by one statement. */
    boolean isDirect(Class<?> type) {
        return softly.of(type) == null && access.isDirect(type);
    }

    /** Whether an entity is one row, and is found by the primary key of its table. */
    public boolean isOneRowByPrimaryKey(Class<?> type) {
        return softly.of(type) == null && access.isDirectByPrimaryKey(type);
    }

    /** Whether an entity that is direct has an id at the latest when its row is stored. */
    boolean isStoredWithAnId(Object instance) {
        return access.alwaysHasAnId(instance.getClass())
                || getConverter()
                                .getMappingContext()
                                .getRequiredPersistentEntity(instance.getClass())
                                .getIdentifierAccessor(instance)
                                .getIdentifier()
                        != null;
    }

    EntityLifecycle lifecycle() {
        return lifecycle;
    }

    SoftDeleteExecution softly() {
        return softly;
    }

    LivingRows living() {
        return living;
    }

    /** As this one, but deletion is for good, and everything is found. */
    JdbcAggregateTemplate all() {
        return all;
    }
}

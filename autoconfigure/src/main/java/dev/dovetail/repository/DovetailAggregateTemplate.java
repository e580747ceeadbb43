package dev.dovetail.repository;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.util.Assert;

/**
 * Spring Data JDBC's template. What it reads by queries of repositories has its children read together, and entities with
 * {@link SoftDelete} are deleted softly and not found any more.
 */
public class DovetailAggregateTemplate extends JdbcAggregateTemplate {

    private final DovetailDataAccessStrategy access;
    private final LivingRows living;
    private final JdbcAggregateTemplate all;
    private final SoftDeleteExecution softly;
    private final RootInserts inserts;

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
        this.softly = new SoftDeleteExecution(context, living, converter, clock);
        this.inserts = new RootInserts(context, converter, living);
    }

    @Override
    public <T> RowMapper<? extends T> getRowMapper(Class<T> type) {
        return access.batching(type, super.getRowMapper(type));
    }

    // Spring Data's constructor calls this too, before there is anything to pass it on to.
    @Override
    public void setEntityCallbacks(EntityCallbacks entityCallbacks) {
        super.setEntityCallbacks(entityCallbacks);
        if (constructed()) {
            all.setEntityCallbacks(entityCallbacks);
            softly.useCallbacks(entityCallbacks);
            inserts.useCallbacks(entityCallbacks);
        }
    }

    @SuppressWarnings("NullAway")
    private boolean constructed() {
        return inserts != null;
    }

    @Override
    public void setEntityLifecycleEventsEnabled(boolean enabled) {
        super.setEntityLifecycleEventsEnabled(enabled);
        all.setEntityLifecycleEventsEnabled(enabled);
        softly.publishEvents(enabled);
        inserts.publishEvents(enabled);
    }

    @Override
    public <T> List<T> saveAll(Iterable<T> instances) {
        List<T> all = listOf(instances);
        return inserts.takes(all, false) ? inserts.insert(all) : super.saveAll(all);
    }

    @Override
    public <T> List<T> insertAll(Iterable<T> instances) {
        List<T> all = listOf(instances);
        return inserts.takes(all, true) ? inserts.insert(all) : super.insertAll(all);
    }

    // Iterated over once only.
    private static <T> List<T> listOf(Iterable<T> instances) {
        Assert.notNull(instances, "Aggregate instances must not be null");
        List<T> all = new ArrayList<>();
        instances.forEach(all::add);
        return all;
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
        SoftDeletion deletion = softly.of(domainType);
        if (deletion == null) {
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

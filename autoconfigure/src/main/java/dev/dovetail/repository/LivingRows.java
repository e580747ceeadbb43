package dev.dovetail.repository;

import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.DelegatingDataAccessStrategy;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.CriteriaDefinition;
import org.springframework.data.relational.core.query.Query;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/** A way to the database on which nothing is found or updated that was deleted softly; safe for use by several threads. */
final class LivingRows extends DelegatingDataAccessStrategy {

    private final SoftDeletions deletions;
    private final SoftDeleteStatements statements;
    private final IdCriteria ids;

    LivingRows(DataAccessStrategy all, JdbcConverter converter, SoftDeletions deletions) {
        super(all);
        this.deletions = deletions;
        this.statements = new SoftDeleteStatements(converter, all);
        this.ids = new IdCriteria(converter.getMappingContext());
    }

    SoftDeletions deletions() {
        return deletions;
    }

    SoftDeleteStatements statements() {
        return statements;
    }

    IdCriteria ids() {
        return ids;
    }

    private Query living(Query query, Class<?> type) {
        SoftDeletion deletion = deletions.of(type);
        if (deletion == null) {
            return query;
        }
        CriteriaDefinition asked = query.getCriteria().orElse(CriteriaDefinition.empty());
        Query living = Query.query(Brackets.all(asked, deletion.living()))
                .columns(query.getColumns().toArray(SqlIdentifier[]::new))
                .sort(query.getSort());
        living = query.isLimited() ? living.limit(query.getLimit()) : living;
        return query.getOffset() > 0 ? living.offset(query.getOffset()) : living;
    }

    private Query byId(SoftDeletion deletion, Object id) {
        return Query.query(ids.is(deletion.entity(), id));
    }

    // Null if it is not there, although the overridden method cannot say so.
    @Override
    @SuppressWarnings("NullAway")
    public <T extends @Nullable Object> T findById(Object id, Class<T> domainType) {
        SoftDeletion deletion = deletions.of(domainType);
        return deletion == null
                ? super.findById(id, domainType)
                : findOne(byId(deletion, id), domainType).orElse(null);
    }

    @Override
    public <T> boolean existsById(Object id, Class<T> domainType) {
        SoftDeletion deletion = deletions.of(domainType);
        return deletion == null ? super.existsById(id, domainType) : exists(byId(deletion, id), domainType);
    }

    @Override
    public long count(Class<?> domainType) {
        return deletions.of(domainType) == null ? super.count(domainType) : count(Query.empty(), domainType);
    }

    @Override
    public <T> Iterable<T> findAll(Class<T> domainType) {
        return deletions.of(domainType) == null ? super.findAll(domainType) : findAll(Query.empty(), domainType);
    }

    @Override
    public <T> Stream<T> streamAll(Class<T> domainType) {
        return deletions.of(domainType) == null ? super.streamAll(domainType) : streamAll(Query.empty(), domainType);
    }

    @Override
    public <T> Iterable<T> findAll(Class<T> domainType, Sort sort) {
        return deletions.of(domainType) == null
                ? super.findAll(domainType, sort)
                : findAll(Query.empty().sort(sort), domainType);
    }

    @Override
    public <T> Stream<T> streamAll(Class<T> domainType, Sort sort) {
        return deletions.of(domainType) == null
                ? super.streamAll(domainType, sort)
                : streamAll(Query.empty().sort(sort), domainType);
    }

    @Override
    public <T> Iterable<T> findAll(Class<T> domainType, Pageable pageable) {
        return deletions.of(domainType) == null
                ? super.findAll(domainType, pageable)
                : findAll(Query.empty().with(pageable), domainType);
    }

    @Override
    public <T> Iterable<T> findAllById(Iterable<?> wanted, Class<T> domainType) {
        SoftDeletion deletion = deletions.of(domainType);
        if (deletion == null) {
            return super.findAllById(wanted, domainType);
        }
        return groups(deletion, wanted)
                .flatMap(
                        query -> StreamSupport.stream(findAll(query, domainType).spliterator(), false))
                .toList();
    }

    @Override
    public <T> Stream<T> streamAllByIds(Iterable<?> wanted, Class<T> domainType) {
        SoftDeletion deletion = deletions.of(domainType);
        return deletion == null
                ? super.streamAllByIds(wanted, domainType)
                : groups(deletion, wanted).flatMap(query -> streamAll(query, domainType));
    }

    private Stream<Query> groups(SoftDeletion deletion, Iterable<?> wanted) {
        return ids.in(deletion.entity(), wanted).stream().map(Query::query);
    }

    @Override
    public <T> Optional<T> findOne(Query query, Class<T> domainType) {
        return super.findOne(living(query, domainType), domainType);
    }

    @Override
    public <T> Iterable<T> findAll(Query query, Class<T> domainType) {
        return super.findAll(living(query, domainType), domainType);
    }

    @Override
    public <T> Stream<T> streamAll(Query query, Class<T> domainType) {
        return super.streamAll(living(query, domainType), domainType);
    }

    @Override
    public <T> Iterable<T> findAll(Query query, Class<T> domainType, Pageable pageable) {
        return super.findAll(living(query, domainType), domainType, pageable);
    }

    @Override
    public <T> boolean exists(Query query, Class<T> domainType) {
        return super.exists(living(query, domainType), domainType);
    }

    @Override
    public <T> long count(Query query, Class<T> domainType) {
        return super.count(living(query, domainType), domainType);
    }

    @Override
    public <S> boolean update(S objectToSave, Class<S> domainType) {
        holdLiving(objectToSave, domainType);
        return super.update(objectToSave, domainType);
    }

    @Override
    public <S> boolean updateWithVersion(S objectToSave, Class<S> domainType, Number nextVersion) {
        holdLiving(objectToSave, domainType);
        return super.updateWithVersion(objectToSave, domainType, nextVersion);
    }

    // The statement that follows knows nothing of deletion, and would bring the row back.
    private void holdLiving(Object root, Class<?> type) {
        SoftDeletion deletion = deletions.of(type);
        if (deletion == null) {
            return;
        }
        refuseDeleted(deletion, root);
        Criteria itself = ids.is(deletion.entity(), deletion.idOf(root));
        if (!statements.hold(deletion, Brackets.all(itself, deletion.living()))) {
            throw gone(deletion, root);
        }
    }

    @Override
    public <T> int upsert(T objectToSave, Class<? super T> domainType) {
        SoftDeletion deletion = deletions.of(domainType);
        if (deletion != null) {
            refuseDeleted(deletion, objectToSave);
            Criteria itself = ids.is(deletion.entity(), deletion.idOf(objectToSave));
            if (statements.hold(deletion, itself) && !exists(Query.query(itself), domainType)) {
                throw gone(deletion, objectToSave);
            }
        }
        return super.upsert(objectToSave, domainType);
    }

    private static void refuseDeleted(SoftDeletion deletion, Object root) {
        if (deletion.isDeleted(root)) {
            throw new InvalidDataAccessApiUsageException(
                    "The %s with id %s says by its property '%s' that it is deleted, and cannot be updated. Delete it by a delete method, or restore it before it is updated."
                            .formatted(
                                    deletion.entity().getType().getSimpleName(),
                                    deletion.idOf(root),
                                    deletion.property().getName()));
        }
    }

    private static OptimisticLockingFailureException gone(SoftDeletion deletion, Object root) {
        return new OptimisticLockingFailureException(
                "The %s with id %s was deleted, and cannot be updated. Restore it before, or read what is there by now."
                        .formatted(deletion.entity().getType().getSimpleName(), deletion.idOf(root)));
    }
}

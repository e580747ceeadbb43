package dev.dovetail.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;

/**
 * What was deleted of one entity.
 *
 * @param <T> the entity
 * @param <ID> its id
 */
final class DeletedRows<T, ID> implements SoftDeleteRepository<T, ID> {

    private static final int GROUP = 500;

    private final Class<T> type;
    private final SoftDeletion deletion;
    private final DovetailAggregateTemplate template;
    private final JdbcAggregateTemplate all;
    private final SoftDeleteStatements statements;
    private final IdCriteria ids;

    DeletedRows(Class<T> type, SoftDeletion deletion, DovetailAggregateTemplate template) {
        this.type = type;
        this.deletion = deletion;
        this.template = template;
        this.all = template.all();
        this.statements = template.living().statements();
        this.ids = template.living().ids();
    }

    @Override
    public List<T> findDeleted() {
        return all.findAll(Query.query(deletion.deleted()), type);
    }

    @Override
    public Optional<T> findDeletedById(ID id) {
        return all.findOne(Query.query(deleted(id)), type);
    }

    @Override
    public long countDeleted() {
        return all.count(Query.query(deletion.deleted()), type);
    }

    @Override
    public boolean restore(ID id) {
        return statements.restore(deletion, itself(id)) != 0;
    }

    @Override
    public int purge(Instant before) {
        Criteria old = deletion.deletedBefore(before, template.softly().clock());
        int purged = 0;
        List<T> group = all.findAll(Query.query(old).limit(GROUP), type);
        while (!group.isEmpty()) {
            List<T> held = hold(group, old);
            all.deleteAll(held);
            purged += held.size();
            group = all.findAll(Query.query(old).limit(GROUP), type);
        }
        return purged;
    }

    // What someone else restored meanwhile is to stay, and what is held cannot be restored any more.
    private List<T> hold(List<T> group, Criteria old) {
        List<Object> found = group.stream().map(deletion::idOf).toList();
        List<Criteria> groups = ids.in(deletion.entity(), found);
        int held = groups.stream()
                .mapToInt(each -> statements.holdAll(deletion, Brackets.all(each, old)))
                .sum();
        if (held == group.size()) {
            return group;
        }
        return groups.stream()
                .flatMap(each -> all.findAll(Query.query(Brackets.all(each, old)), type).stream())
                .toList();
    }

    @Override
    public boolean purgeById(ID id) {
        if (statements.holdAll(deletion, deleted(id)) == 0) {
            return false;
        }
        all.findOne(Query.query(itself(id)), type).ifPresent(all::delete);
        return true;
    }

    private Criteria itself(ID id) {
        return ids.is(deletion.entity(), id);
    }

    private Criteria deleted(ID id) {
        return Brackets.all(itself(id), deletion.deleted());
    }
}

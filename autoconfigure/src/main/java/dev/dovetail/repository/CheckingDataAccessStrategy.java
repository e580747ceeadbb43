package dev.dovetail.repository;

import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.DelegatingDataAccessStrategy;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.query.Query;

/** Spring Data JDBC's way to the database, by which no name gets into SQL that cannot be one ({@link QueryNames}). */
abstract class CheckingDataAccessStrategy extends DelegatingDataAccessStrategy {

    private final RelationalMappingContext context;

    CheckingDataAccessStrategy(DataAccessStrategy stock, RelationalMappingContext context) {
        super(stock);
        this.context = context;
    }

    private Query checked(Query query, Class<?> type) {
        QueryNames.check(query, context.getRequiredPersistentEntity(type));
        return query;
    }

    private Sort checked(Sort sort, Class<?> type) {
        QueryNames.check(sort, context.getRequiredPersistentEntity(type));
        return sort;
    }

    private Pageable checked(Pageable pageable, Class<?> type) {
        checked(pageable.getSort(), type);
        return pageable;
    }

    @Override
    public <T> Iterable<T> findAll(Class<T> domainType, Sort sort) {
        return super.findAll(domainType, checked(sort, domainType));
    }

    @Override
    public <T> Stream<T> streamAll(Class<T> domainType, Sort sort) {
        return super.streamAll(domainType, checked(sort, domainType));
    }

    @Override
    public <T> Iterable<T> findAll(Class<T> domainType, Pageable pageable) {
        return super.findAll(domainType, checked(pageable, domainType));
    }

    @Override
    public <T> Optional<T> findOne(Query query, Class<T> domainType) {
        return super.findOne(checked(query, domainType), domainType);
    }

    @Override
    public <T> Iterable<T> findAll(Query query, Class<T> domainType) {
        return super.findAll(checked(query, domainType), domainType);
    }

    @Override
    public <T> Stream<T> streamAll(Query query, Class<T> domainType) {
        return super.streamAll(checked(query, domainType), domainType);
    }

    @Override
    public <T> Iterable<T> findAll(Query query, Class<T> domainType, Pageable pageable) {
        return super.findAll(checked(query, domainType), domainType, checked(pageable, domainType));
    }

    @Override
    public <T> boolean exists(Query query, Class<T> domainType) {
        return super.exists(checked(query, domainType), domainType);
    }

    @Override
    public <T> long count(Query query, Class<T> domainType) {
        return super.count(checked(query, domainType), domainType);
    }
}

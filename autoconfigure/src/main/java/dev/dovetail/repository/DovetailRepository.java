package dev.dovetail.repository;

import java.util.function.Function;
import org.springframework.data.domain.Example;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.repository.support.SimpleJdbcRepository;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.relational.repository.query.RelationalExampleMapper;
import org.springframework.data.repository.query.FluentQuery;

/**
 * The base of repositories: Spring Data JDBC's, whose fluent queries also scroll by keyset.
 *
 * @param <T> the entity
 * @param <ID> its id
 */
class DovetailRepository<T, ID> extends SimpleJdbcRepository<T, ID> {

    private final JdbcAggregateOperations operations;
    private final JdbcConverter converter;
    private final KeysetOrders orders;

    DovetailRepository(
            JdbcAggregateOperations operations,
            PersistentEntity<T, ?> entity,
            JdbcConverter converter,
            KeysetOrders orders) {
        super(operations, entity, converter);
        this.operations = operations;
        this.converter = converter;
        this.orders = orders;
    }

    @Override
    public <S extends T, R> R findBy(
            Example<S> example, Function<FluentQuery.FetchableFluentQuery<S>, R> queryFunction) {
        Class<S> type = example.getProbeType();
        Function<FluentQuery.FetchableFluentQuery<S>, R> scrolling = stock -> {
            var condition = new RelationalExampleMapper(converter.getMappingContext())
                    .getMappedExample(example)
                    .getCriteria()
                    .orElseThrow();
            WindowReader<S> windows = WindowReader.of(operations, orders, type, condition);
            return queryFunction.apply(ScrollingFluentQuery.of(stock, windows, new Projections<>(converter, type)));
        };
        return super.findBy(example, scrolling);
    }
}

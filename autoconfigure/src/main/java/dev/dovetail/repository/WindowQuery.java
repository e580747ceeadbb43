package dev.dovetail.repository;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.DtoInstantiatingConverter;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.repository.query.JdbcQueryMethod;
import org.springframework.data.relational.core.dialect.Escaper;
import org.springframework.data.relational.repository.query.RelationalParametersParameterAccessor;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ResultProcessor;
import org.springframework.data.repository.query.ReturnedType;
import org.springframework.data.repository.query.parser.PartTree;

/** A query method that returns a window, derived from its name. */
final class WindowQuery implements RepositoryQuery {

    private final JdbcQueryMethod method;
    private final Class<?> type;
    private final PartTree tree;
    private final JdbcAggregateOperations operations;
    private final Escaper likeEscaper;
    private final KeysetOrders orders;

    WindowQuery(JdbcQueryMethod method, JdbcAggregateOperations operations, Nullability nullability) {
        this.method = method;
        this.type = method.getResultProcessor().getReturnedType().getDomainType();
        this.tree = new PartTree(method.getName(), type);
        this.operations = operations;
        this.likeEscaper = operations.getDataAccessStrategy().getDialect().getLikeEscaper();
        this.orders = new KeysetOrders(operations.getConverter(), nullability);
    }

    @Override
    public Object execute(@Nullable Object[] parameters) {
        RelationalParametersParameterAccessor arguments = new RelationalParametersParameterAccessor(method, parameters);
        DerivedCriteria derived = DerivedCriteria.of(tree, arguments, likeEscaper);
        ScrollPosition position = arguments.getScrollPosition();
        ResultProcessor processor = method.getResultProcessor().withDynamicProjection(arguments);
        Converter<Object, Object> dto = dtoConverter(processor.getReturnedType());
        return WindowReader.of(operations, orders, type, derived.condition())
                .scroll(
                        position != null ? position : ScrollPosition.offset(),
                        derived.sort(),
                        limit(arguments.getLimit()),
                        row -> processor.processResult(row, dto));
    }

    private Limit limit(Limit argument) {
        Limit ofName = tree.getResultLimit();
        if (ofName.isUnlimited() || argument.isUnlimited()) {
            return ofName.isUnlimited() ? argument : ofName;
        }
        return Limit.of(Math.min(argument.max(), ofName.max()));
    }

    private Converter<Object, Object> dtoConverter(ReturnedType returned) {
        JdbcConverter converter = operations.getConverter();
        return new DtoInstantiatingConverter(
                returned.getReturnedType(), converter.getMappingContext(), converter.getEntityInstantiators());
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }
}

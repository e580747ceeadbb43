package dev.dovetail.repository;

import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.JdbcQueryMethod;
import org.springframework.data.relational.core.dialect.Escaper;
import org.springframework.data.relational.repository.query.RelationalParametersParameterAccessor;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.parser.PartTree;

/** A deletion derived from a method's name, of an entity that is deleted softly. */
final class SoftDeleteQuery implements RepositoryQuery {

    private final JdbcQueryMethod method;
    private final PartTree tree;
    private final SoftDeletion deletion;
    private final SoftDeleteExecution execution;
    private final Escaper likeEscaper;

    SoftDeleteQuery(
            JdbcQueryMethod method,
            PartTree tree,
            SoftDeletion deletion,
            SoftDeleteExecution execution,
            Escaper likeEscaper) {
        this.method = method;
        this.tree = tree;
        this.deletion = deletion;
        this.execution = execution;
        this.likeEscaper = likeEscaper;
    }

    /** As Spring Data's: the number, or whether there was one. */
    @Override
    public Object execute(@Nullable Object[] parameters) {
        RelationalParametersParameterAccessor arguments = new RelationalParametersParameterAccessor(method, parameters);
        DerivedCriteria derived = DerivedCriteria.of(tree, arguments, likeEscaper);
        int deleted = execution.deleteWhere(deletion, derived.condition());
        Class<?> returned = method.getReturnedObjectType();
        return returned == boolean.class || returned == Boolean.class ? deleted != 0 : (Object) deleted;
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }
}

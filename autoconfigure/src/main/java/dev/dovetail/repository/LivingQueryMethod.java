package dev.dovetail.repository;

import java.lang.reflect.Method;
import org.springframework.data.jdbc.repository.query.JdbcQueryMethod;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.repository.core.NamedQueries;
import org.springframework.data.repository.core.RepositoryMetadata;

/** A method whose query is derived from another name: one by which nothing is found that was deleted softly. */
final class LivingQueryMethod extends JdbcQueryMethod {

    private final SoftDeletion deletion;

    LivingQueryMethod(
            Method method,
            RepositoryMetadata metadata,
            ProjectionFactory factory,
            NamedQueries namedQueries,
            RelationalMappingContext context,
            SoftDeletion deletion) {
        super(method, metadata, factory, namedQueries, context);
        this.deletion = deletion;
    }

    @Override
    public String getName() {
        return deletion.livingOnly(super.getName());
    }
}

package dev.dovetail.repository;

import org.springframework.context.ApplicationContext;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.jdbc.core.RowMapper;

/** Spring Data JDBC's template; what it reads by queries of repositories has its children read together. */
public class DovetailAggregateTemplate extends JdbcAggregateTemplate {

    private final DovetailDataAccessStrategy access;

    public DovetailAggregateTemplate(
            ApplicationContext context, JdbcConverter converter, DovetailDataAccessStrategy access) {
        super(context, converter.getMappingContext(), converter, access);
        this.access = access;
    }

    @Override
    public <T> RowMapper<? extends T> getRowMapper(Class<T> type) {
        return access.batching(type, super.getRowMapper(type));
    }
}

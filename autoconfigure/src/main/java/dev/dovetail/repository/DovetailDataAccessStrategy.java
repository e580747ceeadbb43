package dev.dovetail.repository;

import dev.dovetail.engine.DatabaseEngine;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.DelegatingDataAccessStrategy;
import org.springframework.data.jdbc.core.convert.InsertSubject;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.relational.core.conversion.IdValueSource;

/** Spring Data JDBC's way to the database, with generated ids in batches on every engine. Safe for use by several threads. */
public class DovetailDataAccessStrategy extends DelegatingDataAccessStrategy {

    private final BatchInserts batches;

    public DovetailDataAccessStrategy(DataAccessStrategy stock, JdbcConverter converter, DatabaseEngine engine) {
        super(stock);
        this.batches =
                new BatchInserts(engine, converter, stock.getJdbcOperations().getJdbcOperations());
    }

    @Override
    public <T> @Nullable Object[] insert(
            List<InsertSubject<T>> insertSubjects, Class<T> domainType, IdValueSource idValueSource) {
        if (idValueSource == IdValueSource.GENERATED && insertSubjects.size() > 1) {
            OptionalLong first = batches.reserve(domainType, insertSubjects.size());
            if (first.isPresent()) {
                return batches.insert(
                        insertSubjects,
                        domainType,
                        first.getAsLong(),
                        numbered -> super.insert(numbered, domainType, IdValueSource.PROVIDED));
            }
        }
        return super.insert(insertSubjects, domainType, idValueSource);
    }
}

package dev.dovetail.repository;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.DelegatingDataAccessStrategy;
import org.springframework.data.jdbc.core.convert.Identifier;
import org.springframework.data.jdbc.core.convert.InsertSubject;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.relational.core.conversion.IdValueSource;

/** Tells the converter which class of entities is being written, so that it knows what an embedded property is part of. */
final class ScopedWrites extends DelegatingDataAccessStrategy {

    private final JdbcConverter converter;

    ScopedWrites(DataAccessStrategy delegate, JdbcConverter converter) {
        super(delegate);
        this.converter = converter;
    }

    @Override
    public <T> @Nullable Object insert(
            T instance, Class<T> domainType, Identifier identifier, IdValueSource idValueSource) {
        return writing(domainType, () -> super.insert(instance, domainType, identifier, idValueSource));
    }

    @Override
    public <T> @Nullable Object[] insert(
            List<InsertSubject<T>> insertSubjects, Class<T> domainType, IdValueSource idValueSource) {
        return writing(domainType, () -> super.insert(insertSubjects, domainType, idValueSource));
    }

    @Override
    public <S> boolean update(S instance, Class<S> domainType) {
        return writing(domainType, () -> super.update(instance, domainType));
    }

    @Override
    public <S> boolean updateWithVersion(S instance, Class<S> domainType, Number previousVersion) {
        return writing(domainType, () -> super.updateWithVersion(instance, domainType, previousVersion));
    }

    @Override
    public <T> int upsert(T instance, Class<? super T> domainType) {
        return writing(domainType, () -> super.upsert(instance, domainType));
    }

    private <T extends @Nullable Object> T writing(Class<?> type, Supplier<T> write) {
        return converter instanceof ColumnAwareJdbcConverter aware ? aware.writing(type, write) : write.get();
    }
}

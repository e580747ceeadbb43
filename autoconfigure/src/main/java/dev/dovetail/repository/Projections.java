package dev.dovetail.repository;

import java.util.function.Function;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.data.convert.DtoInstantiatingConverter;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.projection.SpelAwareProxyProjectionFactory;

/**
 * Shows entities as something else.
 *
 * @param <S> the entity
 */
final class Projections<S> {

    private final JdbcConverter converter;
    private final Class<S> type;
    private final SpelAwareProxyProjectionFactory factory = new SpelAwareProxyProjectionFactory();

    Projections(JdbcConverter converter, Class<S> type) {
        this.converter = converter;
        this.type = type;
    }

    <P> Function<S, P> to(Class<P> target) {
        if (target.isAssignableFrom(type)) {
            return target::cast;
        }
        if (!converter.introspectProjection(target, type).isProjection()) {
            return entity -> DefaultConversionService.getSharedInstance().convert(entity, target);
        }
        if (target.isInterface()) {
            return entity -> factory.createProjection(target, entity);
        }
        DtoInstantiatingConverter dto = new DtoInstantiatingConverter(
                target, converter.getMappingContext(), converter.getEntityInstantiators());
        return entity -> target.cast(dto.convert(entity));
    }
}

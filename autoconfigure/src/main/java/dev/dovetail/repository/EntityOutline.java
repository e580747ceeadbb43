package dev.dovetail.repository;

import dev.dovetail.repository.EntityAssembly.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.mapping.InstanceCreatorMetadata;
import org.springframework.data.mapping.Parameter;
import org.springframework.data.mapping.model.EntityInstantiator;
import org.springframework.data.mapping.model.EntityInstantiatorSource;
import org.springframework.data.relational.core.mapping.AggregatePath;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.domain.RowDocument;

/**
 * What an entity consists of that is stored in one row.
 *
 * @param columns the paths to the properties that are stored in a column each
 * @param assembly makes the entity of the values of these columns
 * @param <T> the entity
 */
record EntityOutline<T>(List<AggregatePath> columns, EntityAssembly<T> assembly) {

    /** The outline; null if the entity has children, or parts that only Spring Data itself can read or write. */
    static <T> @Nullable EntityOutline<T> of(RelationalPersistentEntity<T> entity, ColumnAwareJdbcConverter converter) {
        Drawing drawing = new Drawing(converter);
        EntityAssembly<T> assembly =
                drawing.assembly(converter.getMappingContext().getAggregatePath(entity), entity);
        return assembly == null ? null : new EntityOutline<>(List.copyOf(drawing.columns), assembly);
    }

    private static final class Drawing {

        private final ColumnAwareJdbcConverter converter;
        private final List<AggregatePath> columns = new ArrayList<>();

        Drawing(ColumnAwareJdbcConverter converter) {
            this.converter = converter;
        }

        <T> @Nullable EntityAssembly<T> assembly(AggregatePath path, RelationalPersistentEntity<T> entity) {
            Map<String, Part> parts = parts(path, entity);
            List<Part> arguments = parts == null ? null : arguments(entity, parts);
            if (parts == null || arguments == null) {
                return null;
            }
            List<Part> properties = entity.requiresPropertyPopulation()
                    ? parts.values().stream()
                            .filter(part -> !entity.isCreatorArgument(part.property()))
                            .toList()
                    : List.of();
            return new EntityAssembly<>(
                    entity, instantiator(entity), arguments, properties, List.copyOf(parts.values()));
        }

        // The general one looks up the entity's own for each instance.
        private EntityInstantiator instantiator(RelationalPersistentEntity<?> entity) {
            EntityInstantiator found = converter.getEntityInstantiators().getInstantiatorFor(entity);
            return found instanceof EntityInstantiatorSource source ? source.getInstantiatorFor(entity) : found;
        }

        private @Nullable Map<String, Part> parts(AggregatePath path, RelationalPersistentEntity<?> entity) {
            Class<?> type = entity.getType();
            if (KotlinDetector.isKotlinType(type)
                    || converter.getConversions().hasCustomReadTarget(RowDocument.class, type)
                    || converter.getConversions().getCustomWriteTarget(type).isPresent()) {
                return null;
            }
            Map<String, Part> parts = new LinkedHashMap<>();
            for (RelationalPersistentProperty property : entity) {
                Part part = part(path.append(property), property);
                if (part == null) {
                    return null;
                }
                parts.put(property.getName(), part);
            }
            return parts;
        }

        private @Nullable Part part(AggregatePath path, RelationalPersistentProperty property) {
            if (property.isEmbedded()) {
                return embedded(path, property);
            }
            if (!isOneColumn(property)) {
                return null;
            }
            columns.add(path);
            return new EntityAssembly.Column(property, columns.size() - 1);
        }

        private @Nullable Part embedded(AggregatePath path, RelationalPersistentProperty property) {
            Embedded annotation = property.findAnnotation(Embedded.class);
            if (annotation == null || property.isIdProperty() || !property.isWritable() || property.isInsertOnly()) {
                return null;
            }
            EntityAssembly<?> assembly =
                    assembly(path, converter.getMappingContext().getRequiredPersistentEntity(property));
            return assembly == null
                    ? null
                    : new EntityAssembly.Embedded(property, assembly, annotation.onEmpty() == OnEmpty.USE_EMPTY);
        }

        private boolean isOneColumn(RelationalPersistentProperty property) {
            if (property.isAssociation()) {
                return isSimpleReference(property);
            }
            boolean single = property.getType() == byte[].class || !property.isCollectionLike();
            return single
                    && !property.isEntity()
                    && !property.isMap()
                    && !converter.getConversions().hasValueConverter(property);
        }

        private boolean isSimpleReference(RelationalPersistentProperty property) {
            if (property.getType() != AggregateReference.class) {
                return false;
            }
            Class<?> id =
                    property.getTypeInformation().getTypeArguments().get(1).getType();
            return converter.getConversions().isSimpleType(id);
        }

        // Null if an argument is not a property as it is: an expression, something transient, the enclosing instance.
        private static @Nullable List<Part> arguments(RelationalPersistentEntity<?> entity, Map<String, Part> parts) {
            InstanceCreatorMetadata<RelationalPersistentProperty> creator = entity.getInstanceCreatorMetadata();
            if (creator == null) {
                return null;
            }
            List<Part> arguments = new ArrayList<>();
            for (Parameter<?, RelationalPersistentProperty> parameter : creator.getParameters()) {
                Part part = parameter.getName() == null ? null : parts.get(parameter.getName());
                if (part == null
                        || parameter.hasValueExpression()
                        || parameter.getRawType() != part.property().getType()) {
                    return null;
                }
                arguments.add(part);
            }
            return arguments;
        }
    }
}

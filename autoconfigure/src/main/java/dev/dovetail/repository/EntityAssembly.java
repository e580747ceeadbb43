package dev.dovetail.repository;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.Parameter;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.mapping.model.EntityInstantiator;
import org.springframework.data.mapping.model.ParameterValueProvider;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;

/**
 * Makes an entity, or what is embedded in one, of the values of its columns, and takes them out of it: by the instantiators and accessors that Spring
 * Data generates, or by reflection where it cannot generate classes. Safe for use by several threads.
 *
 * @param <T> what is made
 */
final class EntityAssembly<T> {

    private final RelationalPersistentEntity<T> entity;
    private final EntityInstantiator instantiator;
    private final List<Part> arguments;
    private final List<Part> properties;
    private final List<Part> all;

    /** Where the value of a property comes from. */
    sealed interface Part {

        RelationalPersistentProperty property();

        @Nullable
        Object of(@Nullable Object[] values);

        /** Whether the row has something for it, be it in one column of several. */
        boolean isIn(@Nullable Object[] values);

        /** Whether what the row has replaces what the class sets by itself. */
        boolean isSet(@Nullable Object[] values);

        /** Puts the value of the property where it belongs. */
        void take(@Nullable Object value, @Nullable Object[] values);
    }

    /** One column, by its place among the entity's. */
    record Column(RelationalPersistentProperty property, int place) implements Part {

        @Override
        public @Nullable Object of(@Nullable Object[] values) {
            Object value = values[place];
            return value instanceof UnusualValue unusual ? unusual.get() : value;
        }

        // Whoever looks whether something is there reads it, as Spring Data does: of two faults the same one is
        // reported.
        @Override
        public boolean isIn(@Nullable Object[] values) {
            Object value = values[place];
            if (value instanceof UnusualValue unusual) {
                unusual.get();
                return true;
            }
            if (value instanceof Collection<?> many) {
                return !many.isEmpty();
            }
            return value != null && (!value.getClass().isArray() || Array.getLength(value) > 0);
        }

        // As Spring Data has it: a field keeps what it was initialised with where the column is NULL.
        @Override
        public boolean isSet(@Nullable Object[] values) {
            return values[place] != null || property.isAssociation();
        }

        @Override
        public void take(@Nullable Object value, @Nullable Object[] values) {
            values[place] = value;
        }
    }

    /** What is embedded, null without any value unless {@code always} there. */
    record Embedded(RelationalPersistentProperty property, EntityAssembly<?> assembly, boolean always) implements Part {

        @Override
        public @Nullable Object of(@Nullable Object[] values) {
            return isIn(values) ? assembly.assemble(values) : null;
        }

        @Override
        public boolean isIn(@Nullable Object[] values) {
            if (always) {
                return true;
            }
            for (Part part : assembly.all) {
                if (part.isIn(values)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean isSet(@Nullable Object[] values) {
            return true;
        }

        @Override
        public void take(@Nullable Object value, @Nullable Object[] values) {
            if (value != null) {
                assembly.disassembleAny(value, values);
            }
        }
    }

    /**
     * @param arguments of the constructor or factory method, in its order
     * @param properties that are set afterwards
     * @param all of both, each once
     */
    EntityAssembly(
            RelationalPersistentEntity<T> entity,
            EntityInstantiator instantiator,
            List<Part> arguments,
            List<Part> properties,
            List<Part> all) {
        this.entity = entity;
        this.instantiator = instantiator;
        this.arguments = List.copyOf(arguments);
        this.properties = List.copyOf(properties);
        this.all = List.copyOf(all);
    }

    /**
     * Makes one of the values of all columns; null for NULL and for columns that a result does not have, an {@link
     * UnusualValue} for what is neither that nor a value.
     */
    T assemble(@Nullable Object[] values) {
        T instance = instantiator.createInstance(entity, new Arguments(arguments, values));
        return properties.isEmpty() ? instance : populated(instance, values);
    }

    private T populated(T instance, @Nullable Object[] values) {
        PersistentPropertyAccessor<T> accessor = entity.getPropertyAccessor(instance);
        for (Part part : properties) {
            if (part.isSet(values)) {
                accessor.setProperty(part.property(), part.of(values));
            }
        }
        return accessor.getBean();
    }

    /** Takes the values of all columns out of one. */
    void disassemble(T instance, @Nullable Object[] values) {
        PersistentPropertyAccessor<T> accessor = entity.getPropertyAccessor(instance);
        for (Part part : all) {
            part.take(accessor.getProperty(part.property()), values);
        }
    }

    @SuppressWarnings("unchecked")
    private void disassembleAny(Object instance, @Nullable Object[] values) {
        disassemble((T) instance, values);
    }

    /** The arguments in the order of the parameters, in which instantiators ask for them. */
    private static final class Arguments implements ParameterValueProvider<RelationalPersistentProperty> {

        private final List<Part> parts;
        private final @Nullable Object[] values;
        private int next;

        Arguments(List<Part> parts, @Nullable Object[] values) {
            this.parts = parts;
            this.values = values;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> @Nullable V getParameterValue(Parameter<V, RelationalPersistentProperty> parameter) {
            Part part = parts.get(next++);
            if (!Objects.equals(parameter.getName(), part.property().getName())) {
                throw new IllegalStateException("Constructor arguments were asked for in another order than declared");
            }
            return (V) part.of(values);
        }
    }
}

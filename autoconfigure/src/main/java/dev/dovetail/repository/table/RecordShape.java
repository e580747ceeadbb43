package dev.dovetail.repository.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataRetrievalFailureException;

/** Makes records of rows. */
final class RecordShape<T> implements Shape<T> {

    private final Class<T> type;
    private final Constructor<T> constructor;
    private final RecordComponent[] components;
    private final int[] columns;
    private final List<String> labels;

    RecordShape(Class<T> type, List<String> labels) {
        this.type = type;
        this.labels = labels;
        this.components = type.getRecordComponents();
        this.constructor = canonical(type);
        this.columns = new int[components.length];
        for (int i = 0; i < components.length; i++) {
            columns[i] = find(components[i].getName(), labels);
            if (columns[i] < 0) {
                throw Misuse.of(
                        "There is no column for component %s of %s. The columns are %s.",
                        components[i].getName(), type.getName(), labels);
            }
        }
    }

    /** The position of the name that belongs to a component: the same, in snake case, or in other letter case; else -1. */
    static int find(String component, List<String> labels) {
        int exact = labels.indexOf(component);
        if (exact >= 0) {
            return exact;
        }
        String snake = Names.snakeCase(component);
        List<String> underscored =
                labels.stream().map(label -> label.replace('.', '_')).toList();
        int snakeCase = underscored.indexOf(snake);
        if (snakeCase >= 0) {
            return snakeCase;
        }
        for (int i = 0; i < labels.size(); i++) {
            String label = Names.lower(underscored.get(i));
            if (label.equals(snake) || label.replace("_", "").equals(Names.lower(component))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public T of(List<@Nullable Object> values) {
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String where = "column \"%s\" for component %s of %s"
                    .formatted(labels.get(columns[i]), components[i].getName(), type.getName());
            arguments[i] = Conversion.to(values.get(columns[i]), components[i].getType(), where);
        }
        return create(constructor, arguments, type.getName());
    }

    /** A record with one component, around the value. */
    static Object around(Object value, Class<?> type, String where) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != 1) {
            throw Misuse.of("%s has one value, but %s has %d components", where, type.getName(), components.length);
        }
        Object inside = Conversion.to(value, components[0].getType(), where);
        return create(canonical(type), new @Nullable Object[] {inside}, where);
    }

    private static <R> Constructor<R> canonical(Class<R> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Record %s has no canonical constructor".formatted(type.getName()), e);
        }
    }

    private static <R> R create(Constructor<R> constructor, @Nullable Object[] arguments, String what) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new DataRetrievalFailureException(
                    "A row was refused by the constructor for %s".formatted(what), e.getCause());
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("%s cannot be constructed".formatted(what), e);
        }
    }
}

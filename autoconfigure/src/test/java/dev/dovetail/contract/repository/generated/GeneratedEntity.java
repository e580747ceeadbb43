package dev.dovetail.contract.repository.generated;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.ReflectionUtils;

/**
 * An entity that was generated and compiled.
 *
 * @param table creates its table, in the words of portable migrations
 */
record GeneratedEntity(Shape shape, Class<?> type, String source, String table) {

    private static final AtomicInteger next = new AtomicInteger();

    static List<GeneratedEntity> of(List<Shape> shapes) {
        List<EntitySource.Written> written = new ArrayList<>();
        for (Shape shape : shapes) {
            written.add(EntitySource.of("Entity" + next.incrementAndGet(), shape));
        }
        ClassLoader loader = EntityCompiler.compile(written);
        List<GeneratedEntity> entities = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            EntitySource.Written source = written.get(i);
            try {
                entities.add(new GeneratedEntity(
                        shapes.get(i),
                        loader.loadClass(EntitySource.PACKAGE + "." + source.name()),
                        source.source(),
                        source.table()));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return entities;
    }

    String tableName() {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** An instance of these values, whose id and version come first. */
    Object of(Object[] values) {
        try {
            Method of = type.getDeclaredMethod("of", Object[].class);
            ReflectionUtils.makeAccessible(of);
            return of.invoke(null, (Object) values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

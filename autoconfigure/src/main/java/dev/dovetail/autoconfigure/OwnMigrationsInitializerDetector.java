package dev.dovetail.autoconfigure;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/** Tells Boot that beans which use the database have to wait for the layer's own tables, too. */
final class OwnMigrationsInitializerDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

    /** Boot's detector of Flyway's initializer has 1, and initializers run in the order of their detectors. */
    private static final int AFTER_FLYWAY = 2;

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(OwnMigrationsInitializer.class);
    }

    @Override
    public int getOrder() {
        return AFTER_FLYWAY;
    }
}

package dev.dovetail.repository;

import org.springframework.data.jdbc.core.mapping.BasicJdbcPersistentProperty;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.SimpleTypeHolder;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;

/** Spring Data JDBC's mapping context, which also knows properties that are JSON documents ({@link Json}). */
public final class ColumnAwareMappingContext extends JdbcMappingContext {

    public ColumnAwareMappingContext(NamingStrategy namingStrategy) {
        super(namingStrategy);
    }

    @Override
    protected RelationalPersistentProperty createPersistentProperty(
            Property property, RelationalPersistentEntity<?> owner, SimpleTypeHolder simpleTypes) {
        BasicJdbcPersistentProperty stock =
                (BasicJdbcPersistentProperty) super.createPersistentProperty(property, owner, simpleTypes);
        if (!JsonProperty.isDocument(stock)) {
            return stock;
        }
        JsonProperty document = new JsonProperty(property, owner, simpleTypes, getNamingStrategy());
        applyDefaults(document);
        return document;
    }
}

package dev.dovetail.repository;

import java.util.List;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.jdbc.core.mapping.BasicJdbcPersistentProperty;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.SimpleTypeHolder;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.util.ClassUtils;

/** A property that is one document: whatever its class is like inside, it is one value in one column. */
final class JsonProperty extends BasicJdbcPersistentProperty {

    private static final boolean JACKSON =
            ClassUtils.isPresent("tools.jackson.databind.JsonNode", JsonProperty.class.getClassLoader());

    JsonProperty(
            Property property,
            RelationalPersistentEntity<?> owner,
            SimpleTypeHolder simpleTypes,
            NamingStrategy namingStrategy) {
        super(property, owner, simpleTypes, namingStrategy);
    }

    static boolean isDocument(BasicJdbcPersistentProperty property) {
        return property.isAnnotationPresent(Json.class)
                || AnnotatedElementUtils.isAnnotated(property.getActualType(), Json.class)
                || (JACKSON && JsonDocuments.isDocument(property.getType()));
    }

    @Override
    public boolean isEntity() {
        return false;
    }

    @Override
    public boolean isMap() {
        return false;
    }

    @Override
    public boolean isCollectionLike() {
        return false;
    }

    @Override
    public boolean isArray() {
        return false;
    }

    @Override
    public boolean isAssociation() {
        return false;
    }

    @Override
    public Iterable<? extends TypeInformation<?>> getPersistentEntityTypeInformation() {
        return List.of();
    }
}

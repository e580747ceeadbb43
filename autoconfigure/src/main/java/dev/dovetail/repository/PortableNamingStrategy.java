package dev.dovetail.repository;

import java.util.List;
import java.util.Locale;
import org.springframework.data.relational.core.mapping.DefaultNamingStrategy;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.util.ParsingUtils;

/**
 * Spring Data's own names ({@code issuerId} becomes {@code issuer_id}) on every machine.
 *
 * <p>Spring Data turns letters into lower case by the rules of the machine's language. Where that is Turkish or Azeri,
 * {@code issuerId} becomes {@code issuer_ıd}, which no table has.
 */
public final class PortableNamingStrategy extends DefaultNamingStrategy {

    @Override
    public String getTableName(Class<?> type) {
        return snakeCase(type.getSimpleName());
    }

    @Override
    public String getColumnName(RelationalPersistentProperty property) {
        return snakeCase(property.getName());
    }

    private static String snakeCase(String name) {
        List<String> words = ParsingUtils.splitCamelCase(name);
        return String.join("_", words).toLowerCase(Locale.ROOT);
    }
}

package dev.dovetail.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.DefaultNamingStrategy;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.util.StreamUtils;

class PortableNamingStrategyTests {

    @ParameterizedTest
    @ValueSource(strings = {"tr", "az", "lt", "en"})
    void namesAreTheOnesThatSpringDataHasInEnglish(String language) {
        List<String> english = in(Locale.ENGLISH, () -> names(new DefaultNamingStrategy()));

        assertThat(in(Locale.forLanguageTag(language), () -> names(new PortableNamingStrategy())))
                .isEqualTo(english)
                .contains("invoice_item", "issuer_id", "invoice_item_key");
    }

    @Test
    void springDataAloneNeedsIt() {
        assertThat(in(Locale.forLanguageTag("tr"), () -> names(new DefaultNamingStrategy())))
                .contains("issuer_ıd");
    }

    private static List<String> names(NamingStrategy strategy) {
        RelationalMappingContext context = new RelationalMappingContext(strategy);
        RelationalPersistentEntity<?> entity = context.getRequiredPersistentEntity(InvoiceItem.class);
        return StreamUtils.createStreamFromIterator(entity.iterator())
                .flatMap(property -> List.of(
                        strategy.getColumnName(property),
                        strategy.getReverseColumnName(entity),
                        strategy.getKeyColumn(property),
                        strategy.getTableName(InvoiceItem.class))
                        .stream())
                .sorted()
                .toList();
    }

    private static <T> T in(Locale locale, Supplier<T> work) {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            return work.get();
        } finally {
            Locale.setDefault(before);
        }
    }

    private record InvoiceItem(@Id String id, String issuerId, String iBAN, int line2Index, Set<Part> innerITEMS) {}

    private record Part(String I) {}
}

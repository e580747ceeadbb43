package dev.dovetail.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.repository.ColumnValueException;
import dev.dovetail.repository.Json;
import dev.dovetail.repository.StoredValueException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.Id;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON documents in columns, whole and broken, and the application's own converters beside them. */
@EngineContract
class DocumentTests {

    private static final SharedApplications applications = SharedApplications.withRepositories(Repositories.class);

    private final TestApplication application;
    private final TestEngine engine;
    private final Cases cases;

    DocumentTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.cases = application.bean(Cases.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS legal_case");
        application.define("""
                CREATE TABLE legal_case (id ${identity}, facts ${json}, raw ${json}, node ${json}, parties ${json},
                    notes ${text}, file_number ${text}) ${strict}""");
    }

    @Test
    void whenDocumentsAreSavedThenTheyComeBackEqual() {
        JsonNode node = JsonMapper.shared().readTree("{\"a\":[1,2.5,null,\"x\"],\"b\":{}}");
        Case given = new Case(
                null,
                new Facts("theft", List.of(new Witness("Ann", 3)), Map.of("k", List.of(1))),
                "{\"any\": true}",
                node,
                List.of(new Witness("Bob", null)),
                new Facts("note", List.of(), Map.of()),
                new FileNumber("X", 7));

        Case saved = cases.save(given);
        Case read = cases.findById(Objects.requireNonNull(saved.id())).orElseThrow();

        assertThat(read.facts()).isEqualTo(given.facts());
        assertThat(JsonMapper.shared().readTree(read.raw()))
                .isEqualTo(JsonMapper.shared().readTree(given.raw()));
        assertThat(read.node()).isEqualTo(node);
        assertThat(read.parties()).isEqualTo(given.parties());
        assertThat(read.notes()).isEqualTo(given.notes());
        assertThat(read.fileNumber()).isEqualTo(given.fileNumber());
        assertThat(cases.findByFileNumber(new FileNumber("X", 7))).hasSize(1);
    }

    @Test
    void whenADocumentIsOfAnotherShapeThenTableColumnAndRowAreNamed() {
        long broken = Objects.requireNonNull(cases.save(empty()).id());
        long whole = Objects.requireNonNull(cases.save(empty()).id());
        application.template().update("UPDATE legal_case SET facts = '[\"secret\"]' WHERE id = " + broken);

        assertThatThrownBy(() -> cases.findById(broken))
                .isInstanceOf(StoredValueException.class)
                .hasMessageContainingAll("facts", "legal_case", "id " + broken)
                .hasMessageNotContaining("secret");
        assertThat(cases.findById(whole)).isPresent();
    }

    @Test
    void whenATextIsNoDocumentThenReadingNamesIt() {
        long broken = Objects.requireNonNull(cases.save(empty()).id());
        application.template().update("UPDATE legal_case SET notes = '{\"secret' WHERE id = " + broken);

        assertThatThrownBy(() -> cases.findAll())
                .isInstanceOf(StoredValueException.class)
                .hasMessageContainingAll("notes", "legal_case", "id " + broken)
                .hasMessageNotContaining("secret");
    }

    @Test
    void whenADocumentIsNullThenThePropertyIs() {
        long id = Objects.requireNonNull(cases.save(empty()).id());
        application.template().update("UPDATE legal_case SET facts = 'null' WHERE id = " + id);

        assertThat(cases.findById(id).orElseThrow().facts()).isNull();
    }

    @Test
    void whenATextThatIsNoDocumentIsSavedThenItIsRefusedAndNothingIsStored() {
        Case broken = new Case(null, null, "{broken", null, null, null, null);
        Case zero = new Case(null, null, "\"a\\u0000b\"", null, null, null, null);

        for (Case refused : List.of(broken, zero)) {
            assertThatThrownBy(() -> cases.save(refused))
                    .isInstanceOf(ColumnValueException.class)
                    .hasMessageContainingAll("Case.raw", "raw", "legal_case")
                    .hasMessageNotContaining("broken");
        }
        assertThat(cases.count()).isZero();
    }

    @Test
    void whenAValueObjectIsNoLongerValidThenReadingFails() {
        long id = Objects.requireNonNull(cases.save(empty()).id());
        application.template().update("UPDATE legal_case SET file_number = 'nonsense' WHERE id = " + id);

        assertThatThrownBy(() -> cases.findById(id)).hasMessageContaining("FileNumber");
        assertThat(engine).isNotNull();
    }

    private static Case empty() {
        return new Case(null, null, null, null, null, null, null);
    }

    @Table("legal_case")
    record Case(
            @Id @Nullable Long id,
            @Json @Nullable Facts facts,
            @Json @Nullable String raw,
            @Nullable JsonNode node,
            @Json @Nullable List<Witness> parties,
            @Json @Nullable Facts notes,
            @Nullable FileNumber fileNumber) {}

    record Facts(String charge, List<Witness> witnesses, Map<String, List<Integer>> exhibits) {}

    record Witness(String name, @Nullable Integer statements) {}

    record FileNumber(String chamber, int number) {}

    interface Cases extends ListCrudRepository<Case, Long> {

        List<Case> findByFileNumber(FileNumber number);
    }

    @WritingConverter
    static final class FileNumberToText implements Converter<FileNumber, String> {

        @Override
        public String convert(FileNumber number) {
            return number.chamber() + "/" + number.number();
        }
    }

    @ReadingConverter
    static final class TextToFileNumber implements Converter<String, FileNumber> {

        @Override
        public FileNumber convert(String text) {
            int slash = text.indexOf('/');
            return new FileNumber(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({FileNumberToText.class, TextToFileNumber.class})
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            basePackageClasses = DocumentTests.class,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Cases.class))
    static class Repositories {}
}

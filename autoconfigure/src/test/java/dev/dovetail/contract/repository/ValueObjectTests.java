package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.Id;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/** Values with rules of their own, by the application's converters and its own subclass of Spring Data's configuration. */
@EngineContract
class ValueObjectTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE contact (id ${identity}, email ${text} NOT NULL, second ${text}, label ${text}) ${strict};
            """);

    private final TestApplication application;
    private final Contacts contacts;

    ValueObjectTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.contacts = application.bean(Contacts.class);
    }

    record EmailAddress(String value) {

        EmailAddress {
            if (value.indexOf('@') < 1) {
                throw new IllegalArgumentException("not an address");
            }
        }
    }

    record Contact(
            @Id @Nullable Long id,
            EmailAddress email,
            @Nullable EmailAddress second,
            @Nullable String label) {}

    interface Contacts extends ListCrudRepository<Contact, Long> {

        Optional<Contact> findByEmail(EmailAddress email);

        List<Contact> findByEmailIn(List<EmailAddress> emails);

        List<Contact> findBySecondIsNull();

        List<Contact> findByLabelStartingWith(String prefix);

        @Query("SELECT * FROM contact WHERE email = :email")
        Optional<Contact> byAddress(EmailAddress email);

        @Query("SELECT email FROM contact ORDER BY email")
        List<EmailAddress> addresses();
    }

    @ReadingConverter
    enum TextToAddress implements Converter<String, EmailAddress> {
        INSTANCE;

        @Override
        public EmailAddress convert(String text) {
            return new EmailAddress(text);
        }
    }

    @WritingConverter
    enum AddressToText implements Converter<EmailAddress, String> {
        INSTANCE;

        @Override
        public String convert(EmailAddress address) {
            return address.value();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Contacts.class))
    static class Repositories extends AbstractJdbcConfiguration {

        @Override
        protected List<?> userConverters() {
            return List.of(TextToAddress.INSTANCE, AddressToText.INSTANCE);
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void fill() {
        application.jdbc().sql("DELETE FROM contact").update();
        contacts.saveAll(List.of(
                new Contact(null, new EmailAddress("ann@example.org"), null, "a_1"),
                new Contact(null, new EmailAddress("bob@example.org"), new EmailAddress("b@example.org"), "ab1"),
                new Contact(null, new EmailAddress("cid@example.org"), null, "A_1")));
    }

    @Test
    void whenAValueHasAConverterThenItIsWrittenReadAndCompared() {
        EmailAddress ann = new EmailAddress("ann@example.org");
        EmailAddress bob = new EmailAddress("bob@example.org");

        assertThat(contacts.findByEmail(ann)).map(Contact::email).contains(ann);
        assertThat(contacts.findByEmailIn(List.of(ann, bob)))
                .extracting(Contact::email)
                .containsExactlyInAnyOrder(ann, bob);
        assertThat(contacts.findBySecondIsNull()).hasSize(2);
        assertThat(contacts.byAddress(bob)).map(Contact::second).contains(new EmailAddress("b@example.org"));
        assertThat(contacts.addresses()).containsExactly(ann, bob, new EmailAddress("cid@example.org"));
    }

    @Test
    void whenAStoredValueBreaksTheRuleThenReadingItIsAnError() {
        application
                .jdbc()
                .sql("UPDATE contact SET email = 'nobody' WHERE label = 'ab1'")
                .update();

        assertThatThrownBy(contacts::findAll)
                .hasStackTraceContaining("not an address")
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(contacts.findByEmail(new EmailAddress("ann@example.org"))).isPresent();
    }

    // Whatever Spring Data generates goes through the same bean, however it is configured.
    @Test
    void whenTheConfigurationIsTheApplicationsOwnThenPatternsMeanTheSame() {
        assertThat(contacts.findByLabelStartingWith("a_"))
                .extracting(Contact::label)
                .containsExactly("a_1");
    }
}

package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.dovetail.Database;
import dev.dovetail.web.DatabaseErrorAdvice;
import dev.dovetail.web.ErrorFormat;
import dev.dovetail.web.InvalidEntityAdvice;
import jakarta.validation.ConstraintViolationException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** When errors are answered, in which form, and who comes first. */
class DovetailWebAutoConfigurationTests {

    @TempDir
    private Path directory;

    private WebApplicationContextRunner runner() {
        return new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DovetailDataSourceAutoConfiguration.class,
                        DovetailWebAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class))
                .withPropertyValues(Wiring.path(directory));
    }

    @Test
    void whenItIsAWebApplicationThenErrorsAreAnswered() {
        runner().run(context ->
                assertThat(context).hasSingleBean(DatabaseErrorAdvice.class).hasSingleBean(InvalidEntityAdvice.class));
    }

    @Test
    void whenItIsNoneThenNobodyIs() {
        Wiring.sqlite(directory)
                .withConfiguration(AutoConfigurations.of(DovetailWebAutoConfiguration.class))
                .run(context -> assertThat(context).doesNotHaveBean(DatabaseErrorAdvice.class));
    }

    @Test
    void whenItIsSwitchedOffThenNothingIsAnswered() {
        runner().withPropertyValues("dovetail.web.errors=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DatabaseErrorAdvice.class)
                        .doesNotHaveBean(InvalidEntityAdvice.class));
    }

    @Test
    void whenOnlyTheDatabaseIsTheApplicationsOwnThenItStarts() {
        runner().withPropertyValues("dovetail.enabled=false")
                .withBean(Database.class, () -> mock(Database.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(DatabaseErrorAdvice.class));
    }

    @Test
    void whenThereIsNoValidationThenTheRestIsAnswered() {
        runner().withClassLoader(new FilteredClassLoader(ConstraintViolationException.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(DatabaseErrorAdvice.class)
                        .doesNotHaveBean(InvalidEntityAdvice.class));
    }

    @Test
    void whenTheApplicationHasAnAdviceOfThisTypeThenItIsTheOne() {
        DatabaseErrorAdvice own =
                new DatabaseErrorAdvice(mock(Database.class), ErrorFormat.ERROR_OBJECT, error -> Optional.empty());

        runner().withBean(DatabaseErrorAdvice.class, () -> own)
                .run(context ->
                        assertThat(context).getBean(DatabaseErrorAdvice.class).isSameAs(own));
    }

    @Test
    void whenTheFormIsChosenThenErrorsHaveIt() {
        runner().withUserConfiguration(Application.class)
                .withPropertyValues("dovetail.web.error-format=error-object")
                .run(context -> assertThat(mvc(context).get().uri("/twice"))
                        .hasStatus(409)
                        .hasContentType(MediaType.APPLICATION_JSON)
                        .bodyText()
                        .isEqualTo("{\"error\":{\"message\":\"Another row already has this value.\","
                                + "\"type\":\"UNIQUE_VIOLATION\",\"statusCode\":409}}"));
    }

    @Test
    void whenTheApplicationHandlesItThenItComesFirst() {
        runner().withUserConfiguration(Application.class, OwnAdvice.class)
                .run(context -> assertThat(mvc(context).get().uri("/twice"))
                        .hasStatusOk()
                        .bodyText()
                        .isEqualTo("ours"));
    }

    private static MockMvcTester mvc(AssertableWebApplicationContext context) {
        return MockMvcTester.from(context.getSourceApplicationContext());
    }

    @RestController
    static class Twice {

        private final JdbcTemplate jdbc;

        Twice(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @GetMapping("/twice")
        int twice() {
            jdbc.execute("CREATE TABLE item (id integer PRIMARY KEY)");
            return jdbc.update("INSERT INTO item VALUES (1), (1)");
        }
    }

    @RestControllerAdvice
    static class OwnAdvice {

        @ExceptionHandler(DuplicateKeyException.class)
        String handle() {
            return "ours";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    static class Application {

        @Bean
        Twice twice(JdbcTemplate jdbc) {
            return new Twice(jdbc);
        }
    }
}

package dev.dovetail.contract.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.web.Library.Author;
import dev.dovetail.contract.web.Library.Authors;
import dev.dovetail.contract.web.Library.Book;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

/** What somebody who asks over HTTP is answered, and what of it is in the log (F201, F203). */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class HttpErrorTests {

    private static final SharedApplications applications = SharedApplications.ofWeb(
            Library.Application.class, Library.TABLES, "dovetail.transaction.slow-threshold=0");

    private final TestEngine engine;
    private final TestApplication application;
    private final MockMvcTester mvc;

    HttpErrorTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.mvc = MockMvcTester.from((WebApplicationContext) application.context());
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        application.define("DELETE FROM book; DELETE FROM author");
    }

    private Author stored() {
        return application.bean(Authors.class).save(Author.named(Library.SECRET, new Book(Library.SECRET)));
    }

    private static void answered(MvcTestResult result, int status, String code) {
        assertThat(result)
                .hasStatus(status)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyText()
                .contains("\"status\":" + status, code)
                .doesNotContain(Library.SECRET)
                .doesNotContainIgnoringCase("INSERT")
                .doesNotContainIgnoringCase("SELECT");
        assertThat(result.getResponse().containsHeader(HttpHeaders.RETRY_AFTER)).isEqualTo(status == 503);
    }

    @Test
    void aDuplicateIsAConflict() {
        stored();

        answered(mvc.post().uri("/authors").param("name", Library.SECRET).exchange(), 409, "UNIQUE_VIOLATION");
    }

    @Test
    void aDuplicateAmongTheChildrenIsAConflict() {
        stored();

        answered(
                mvc.post()
                        .uri("/books")
                        .param("name", "another")
                        .param("title", Library.SECRET)
                        .exchange(),
                409,
                "UNIQUE_VIOLATION");
    }

    @Test
    void anExceptionAroundItChangesNothing() {
        stored();

        answered(mvc.post().uri("/wrapped").param("name", Library.SECRET).exchange(), 409, "UNIQUE_VIOLATION");
    }

    @Test
    void whatDoesNotFitIsTheCallersMistake() {
        answered(mvc.post().uri("/ages/300").exchange(), 400, "CHECK_VIOLATION");
        answered(mvc.post().uri("/nobody").exchange(), 400, "NOT_NULL_VIOLATION");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        answered(mvc.get().uri("/authors/nobody").exchange(), 404, "There is no such thing.");
    }

    @Test
    void anOlderStateIsAConflictAndBreaksAConditionIfThereWasOne() {
        Author changed = application.bean(Authors.class).save(stored());
        String uri = "/authors/" + Objects.requireNonNull(changed.id());
        String older = String.valueOf(changed.version() - 1);

        answered(mvc.put().uri(uri).param("version", older).exchange(), 409, "Somebody else has changed");
        answered(
                mvc.put()
                        .uri(uri)
                        .param("version", older)
                        .header(HttpHeaders.IF_MATCH, "\"1\"")
                        .exchange(),
                412,
                "Somebody else has changed");
    }

    @Test
    void anInvalidEntityCannotBeProcessed() {
        answered(
                mvc.post().uri("/authors").param("name", "x".repeat(101)).exchange(),
                422,
                "name size must be between 0 and 100");
    }

    @Test
    void whoeverWantsAnotherTypeGetsTheErrorAllTheSame() {
        answered(
                mvc.get().uri("/authors/nobody").accept(MediaType.TEXT_PLAIN).exchange(),
                404,
                "There is no such thing.");
    }

    @Test
    void whatTheApplicationSaysItselfCounts() {
        stored();

        assertThat(mvc.post().uri("/own-status").param("name", Library.SECRET)).hasStatus(402);
        assertThat(mvc.get().uri("/own-exception")).hasStatus(410);
    }

    @Test
    void aPermanentErrorIsOneErrorInTheLogWithItsTransaction(CapturedOutput output) {
        stored();

        answered(mvc.get().uri("/mistake").exchange(), 500, "SYNTAX_ERROR");

        assertThat(lines(output, "ERROR"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("Answered 500 SYNTAX_ERROR: ", "Transaction 'reading' (", " ms, 3 statement(s): ")
                        .containsSubsequence(
                                "SELECT count(*) FROM author",
                                "UPDATE author SET age = ? WHERE name = ?",
                                "SELECT FROM WHERE name = ?")
                        .doesNotContain(Library.SECRET));
        assertThat(output).contains("BadSqlGrammarException", "\tat ");
    }

    @Test
    void whatPassesIsOneLine(CapturedOutput output) {
        MvcTestResult result = mvc.get().uri("/slow/" + engine).exchange();

        answered(result, 503, "QUERY_TIMEOUT");
        assertThat(result).headers().hasValue(HttpHeaders.RETRY_AFTER, "5");
        // The statement itself was slow, too.
        assertThat(lines(output, "WARN"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("Slow statement: ", "failed: 57014"),
                        line -> assertThat(line).contains("Answered 503 QUERY_TIMEOUT: "));
        assertThat(lines(output, "ERROR")).isEmpty();
        assertThat(output).doesNotContain("\tat ");
    }

    @Test
    void theCallersMistakesAreNotInTheLog(CapturedOutput output) {
        stored();
        mvc.post().uri("/authors").param("name", Library.SECRET).exchange();
        mvc.post().uri("/ages/300").exchange();
        mvc.get().uri("/authors/nobody").exchange();

        assertThat(Stream.of("WARN", "ERROR").flatMap(level -> lines(output, level).stream()))
                .isEmpty();
    }

    private static List<String> lines(CapturedOutput output, String level) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains(" " + level + " "))
                .toList();
    }
}

package dev.dovetail.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.dovetail.Database;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.engine.CircuitOpenSqlException;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.postgresql.PostgresqlEngine;
import dev.dovetail.engine.postgresql.PostgresqlSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.context.request.ServletWebRequest;

/** What callers are answered (F201): the status that fits, when to come again, and nothing that is none of their business. */
class DatabaseErrorAdviceTests {

    private static final String SECRET = "SELECT secret FROM t WHERE mail = 'anna@example.com'";

    private final DatabaseExceptionTranslator translator =
            new DatabaseExceptionTranslator(new PostgresqlEngine(PostgresqlSettings.defaults()));
    private final Database database = mock(Database.class);
    private final DatabaseErrorAdvice advice =
            new DatabaseErrorAdvice(database, ErrorFormat.PROBLEM_DETAILS, error -> Optional.empty());

    @BeforeEach
    void describe() {
        when(database.describe(any())).thenAnswer(call -> translator.describe(call.getArgument(0)));
    }

    private DataAccessException translated(SQLException error) {
        return Objects.requireNonNull(translator.translate("StatementCallback", SECRET, error));
    }

    private ResponseEntity<Object> answer(Exception exception) {
        return handled(advice, exception);
    }

    private static ResponseEntity<Object> handled(DatabaseErrorAdvice by, Exception exception) {
        try {
            return by.handle(exception, new ServletWebRequest(new MockHttpServletRequest()));
        } catch (Exception e) {
            throw new AssertionError("not answered", e);
        }
    }

    private static ProblemDetail problem(ResponseEntity<Object> answer) {
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        return (ProblemDetail) Objects.requireNonNull(answer.getBody());
    }

    @ParameterizedTest
    @EnumSource(value = ErrorCode.class, mode = EnumSource.Mode.EXCLUDE, names = "DATABASE_ERROR")
    void eachCodeHasItsStatusAndTellsNoSecret(ErrorCode code) {
        DatabaseError error = DatabaseError.of(code, "").suggesting("Call anna@example.com");
        ResponseEntity<Object> answer = answer(translated(new DescribedSqlException(SECRET, error, null)));

        assertThat(answer.getStatusCode().value()).isEqualTo(code.httpStatus());
        ProblemDetail problem = problem(answer);
        assertThat(problem.getStatus()).isEqualTo(code.httpStatus());
        assertThat(problem.getProperties()).containsEntry("code", code.name()).containsEntry("number", code.number());
        assertThat(problem.toString()).doesNotContain("anna", "SELECT secret");
        assertThat(answer.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER)).isEqualTo(code.httpStatus() == 503);
    }

    @Test
    void anOpenCircuitSaysWhenItIsWorthTrying() {
        ResponseEntity<Object> answer = answer(translated(new CircuitOpenSqlException(Duration.ofMillis(6100), null)));

        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("7");
    }

    @Test
    void whatTheDatabaseDidNotSayHasItsStatusToo() {
        assertThat(answer(new OptimisticLockingFailureException(SECRET))
                        .getStatusCode()
                        .value())
                .isEqualTo(409);
        assertThat(answer(new EmptyResultDataAccessException(SECRET, 1))
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        ResponseEntity<Object> other = answer(new DataRetrievalFailureException(SECRET));
        assertThat(other.getStatusCode().value()).isEqualTo(500);
        assertThat(problem(other).toString()).doesNotContain("anna");
    }

    @Test
    void aTransactionThatCannotBeginIsADatabaseThatDoesNotAnswer() {
        ResponseEntity<Object> answer =
                answer(new CannotCreateTransactionException("begin", new SQLException("away", "08006")));

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("5");
    }

    @Test
    void theOtherFormIsAnObjectNamedError() {
        DatabaseErrorAdvice other =
                new DatabaseErrorAdvice(database, ErrorFormat.ERROR_OBJECT, error -> Optional.empty());

        ResponseEntity<Object> answer = handled(other, translated(new SQLException("twice", "23505")));

        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
        assertThat(answer.getBody())
                .isEqualTo(Map.of(
                        "error",
                        Map.of(
                                "message",
                                ErrorCode.UNIQUE_VIOLATION.meaning() + ".",
                                "type",
                                "UNIQUE_VIOLATION",
                                "statusCode",
                                409)));
    }
}

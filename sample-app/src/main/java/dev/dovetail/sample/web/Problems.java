package dev.dovetail.sample.web;

import dev.dovetail.Database;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.sample.registry.ConflictException;
import dev.dovetail.sample.registry.NotFoundException;
import dev.dovetail.sample.registry.OutdatedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.relational.core.conversion.DbActionExecutionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers what the registry or the database refuses. What Spring MVC itself refuses is answered by Spring Boot.
 *
 * <p>An answer says what went wrong in the words of {@link ErrorCode}, which are the same on every engine and hold no SQL,
 * no names of tables and no values.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final Database database;

    Problems(Database database) {
        this.database = database;
    }

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException ex) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, ex.getMessage());
    }

    @ExceptionHandler
    ProblemDetail conflict(ConflictException ex) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, ex.getMessage());
    }

    @ExceptionHandler
    ProblemDetail outdated(OutdatedException ex) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, ex.getMessage());
        problem.setProperty("version", ex.current());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail overtaken(OptimisticLockingFailureException ex) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "It was changed by another request just now.");
    }

    @ExceptionHandler({DataAccessException.class, DbActionExecutionException.class, TransactionException.class})
    ProblemDetail refused(NestedRuntimeException ex) {
        ErrorCode code = database.describe(ex).map(DatabaseError::code).orElse(ErrorCode.DATABASE_ERROR);
        HttpStatus status = HttpStatus.valueOf(code.httpStatus());
        log(code, ex);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, code.meaning() + ".");
        problem.setProperty("code", code.number());
        return problem;
    }

    /** What passes by itself is a line, what somebody must look into comes with its stack trace. */
    private static void log(ErrorCode code, NestedRuntimeException ex) {
        if (code.retryable()) {
            log.warn(
                    "Answered {}: {}",
                    code.httpStatus(),
                    ex.getMostSpecificCause().getMessage());
        } else if (code.httpStatus() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            log.error("Answered {}: {}", code.httpStatus(), code, ex);
        }
    }
}

package dev.dovetail.web;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.relational.core.conversion.DbActionExecutionException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers as {@link DatabaseErrorAdvice} does where Spring Data has put the error of one statement into one of its own. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class AggregateErrorAdvice {

    private final DatabaseErrorAdvice errors;

    public AggregateErrorAdvice(DatabaseErrorAdvice errors) {
        this.errors = errors;
    }

    @ExceptionHandler(DbActionExecutionException.class)
    public ResponseEntity<Object> handle(DbActionExecutionException exception) {
        Throwable cause = exception.getCause();
        return errors.handle(cause instanceof Exception original ? original : exception);
    }
}

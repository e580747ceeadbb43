package dev.dovetail.benchmarks.startup.plain;

import java.util.NoSuchElementException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@RestControllerAdvice
class Problems {

    @ExceptionHandler
    ProblemDetail notFound(NoSuchElementException ex) {
        return ProblemDetail.forStatus(HttpStatus.NOT_FOUND);
    }

    @ExceptionHandler
    ProblemDetail refused(DataAccessException ex) {
        return ProblemDetail.forStatus(HttpStatus.CONFLICT);
    }
}

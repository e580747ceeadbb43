package dev.dovetail.web;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers that what was to be saved is not valid, and in what. Violated constraints of a method's parameters are none of its
 * business. Handlers of the application come first. Safe for use by several threads.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class InvalidEntityAdvice {

    private static final Logger log = LoggerFactory.getLogger(InvalidEntityAdvice.class);

    private final ErrorFormat format;

    public InvalidEntityAdvice(ErrorFormat format) {
        this.format = format;
    }

    /** Spring also asks for exceptions that were caused by one of these: the outer one is let out if it is not for us. */
    @ExceptionHandler(ConstraintViolationException.class)
    public ResponseEntity<Object> handle(Exception exception, ConstraintViolationException invalid) throws Exception {
        if (ErrorAnswer.isGivenBy(exception, ConstraintViolationException.class) || !isOfEntity(invalid)) {
            throw exception;
        }
        ErrorAnswer answer = new ErrorAnswer(
                HttpStatus.UNPROCESSABLE_CONTENT,
                message(invalid),
                ConstraintViolationException.class.getSimpleName(),
                Map.of());
        log.debug("Answered {}: {}", answer.status().value(), answer.message());
        return answer.in(format, new HttpHeaders());
    }

    private static boolean isOfEntity(ConstraintViolationException invalid) {
        return !invalid.getConstraintViolations().isEmpty()
                && invalid.getConstraintViolations().stream().noneMatch(InvalidEntityAdvice::isOfMethod);
    }

    private static boolean isOfMethod(ConstraintViolation<?> violation) {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.METHOD || node.getKind() == ElementKind.CONSTRUCTOR) {
                return true;
            }
        }
        return false;
    }

    private static String message(ConstraintViolationException invalid) {
        return invalid.getConstraintViolations().stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining(", ", "", "."));
    }
}

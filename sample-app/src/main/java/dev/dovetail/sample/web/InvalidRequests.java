package dev.dovetail.sample.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import tools.jackson.databind.DatabindException;

/** Answers requests that make no sense, and names the field, which Spring's own answer does not. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidRequests {

    private record Invalid(String field, String message) {}

    @ExceptionHandler
    ProblemDetail invalid(MethodArgumentNotValidException ex) {
        return problem(fields(ex.getBindingResult()));
    }

    @ExceptionHandler
    ProblemDetail invalid(HandlerMethodValidationException ex) {
        List<Invalid> all = new ArrayList<>();
        ex.getParameterValidationResults().forEach(result -> all.addAll(fields(result)));
        return problem(all);
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException ex) {
        String field = ex.getCause() instanceof DatabindException cause ? path(cause) : "";
        return field.isEmpty()
                ? ProblemDetail.forStatusAndDetail(
                        HttpStatus.BAD_REQUEST, "The body is missing or is not the JSON that is expected here.")
                : problem(List.of(new Invalid(field, "has a value of another kind")));
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidParameterException ex) {
        return problem(List.of(new Invalid(ex.parameter(), String.valueOf(ex.getMessage()))));
    }

    private static ProblemDetail problem(List<Invalid> invalid) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "The request is not valid.");
        problem.setProperty("errors", invalid);
        return problem;
    }

    private static List<Invalid> fields(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return fields((Errors) errors);
        }
        String parameter = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream()
                .map(error -> new Invalid(parameter, message(error)))
                .toList();
    }

    private static List<Invalid> fields(Errors errors) {
        return errors.getFieldErrors().stream()
                .map(error -> new Invalid(error.getField(), message(error)))
                .sorted(Comparator.comparing(Invalid::field).thenComparing(Invalid::message))
                .toList();
    }

    /** Conversion has a message full of class names; for everything else it is the constraint's. */
    private static String message(MessageSourceResolvable error) {
        return error instanceof FieldError field && field.isBindingFailure()
                ? "has a value of another kind"
                : String.valueOf(error.getDefaultMessage());
    }

    private static String path(DatabindException ex) {
        return ex.getPath().stream()
                .map(reference -> String.valueOf(reference.getPropertyName()))
                .collect(Collectors.joining("."));
    }
}

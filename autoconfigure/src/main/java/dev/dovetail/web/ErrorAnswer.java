package dev.dovetail.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * What is answered, in either form.
 *
 * @param message in words, without SQL and values
 * @param type what it is called where it has no number
 * @param properties what programs may read besides
 */
record ErrorAnswer(HttpStatusCode status, String message, String type, Map<String, Object> properties) {

    ResponseEntity<Object> in(ErrorFormat format, HttpHeaders headers) {
        boolean problem = format == ErrorFormat.PROBLEM_DETAILS;
        headers.setContentType(problem ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON);
        return new ResponseEntity<>(problem ? problem() : errorObject(), headers, status);
    }

    private ProblemDetail problem() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, message);
        properties.forEach(problem::setProperty);
        return problem;
    }

    private Map<String, Object> errorObject() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("message", message);
        content.put("type", type);
        content.put("statusCode", status.value());
        return Map.of("error", content);
    }

    /** Whether the application says itself, by the exception or one that it has put around it, what is to be answered. */
    static boolean isGivenBy(Throwable thrown, Class<?>... causes) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof ErrorResponse
                    || AnnotatedElementUtils.hasAnnotation(each.getClass(), ResponseStatus.class)) {
                return true;
            }
            if (isOneOf(each, causes)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isOneOf(Throwable thrown, Class<?>... causes) {
        for (Class<?> cause : causes) {
            if (cause.isInstance(thrown)) {
                return true;
            }
        }
        return false;
    }
}

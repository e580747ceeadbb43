package dev.dovetail.web;

/** The form in which errors are told. */
public enum ErrorFormat {
    /** RFC 9457: {@code application/problem+json}. */
    PROBLEM_DETAILS,
    /** {@code {"error": {"message": …, "type": …, "statusCode": …}}}. */
    ERROR_OBJECT
}

package dev.dovetail.sample.web;

import java.util.Collection;

/** The list cannot be sorted by this. The message is for whoever asked. */
final class UnknownSortException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownSortException(String property, Collection<String> known) {
        super("cannot be '%s'; use one of %s".formatted(property, String.join(", ", known)));
    }
}

package dev.dovetail.sample.registry;

import java.util.UUID;

/** There is nothing with this id. */
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotFoundException(String what, UUID id) {
        super("There is no %s %s.".formatted(what, id));
    }
}

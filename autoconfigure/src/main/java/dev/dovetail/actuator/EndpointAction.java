package dev.dovetail.actuator;

import java.util.Map;
import java.util.function.Function;

/**
 * Something that can be asked for by {@code POST /actuator/dovetail/{name}}.
 *
 * @param name by which it is asked for
 * @param work does it with the parameters that were sent; returns the answer's body, or a {@code WebEndpointResponse} with its
 *     status
 */
public record EndpointAction(String name, Function<Map<String, String>, Object> work) {

    Object run(Map<String, String> parameters) {
        return work.apply(parameters);
    }
}

package dev.dovetail.actuator;

import java.util.Map;

/** Something that can be asked for by {@code POST /actuator/dovetail/{name}}. */
public interface EndpointAction {

    /** By which it is asked for. */
    String name();

    /**
     * Does it.
     *
     * @param parameters what was sent with the request
     * @return the answer's body, or a {@code WebEndpointResponse} with its status
     */
    Object run(Map<String, String> parameters);
}

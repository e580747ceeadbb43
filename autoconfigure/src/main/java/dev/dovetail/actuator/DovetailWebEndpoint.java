package dev.dovetail.actuator;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** The endpoint over HTTP: an action that is refused answers why, which Spring Boot by default keeps to itself. */
@EndpointWebExtension(endpoint = DovetailEndpoint.class)
public final class DovetailWebEndpoint {

    private final DovetailEndpoint endpoint;

    public DovetailWebEndpoint(DovetailEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Does something; 400 with an {@code error} if there is no such action or name. */
    @WriteOperation
    public WebEndpointResponse<?> act(
            @Selector String action,
            @Nullable String name,
            @Nullable Boolean dryRun,
            @Nullable Boolean reindex,
            @Nullable Boolean fullVacuum) {
        try {
            Object answer = endpoint.act(action, name, dryRun, reindex, fullVacuum);
            return answer instanceof WebEndpointResponse<?> response ? response : new WebEndpointResponse<>(answer);
        } catch (InvalidEndpointRequestException e) {
            return new WebEndpointResponse<>(
                    Map.of("error", String.valueOf(e.getReason())), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }
}

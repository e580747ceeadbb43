package dev.dovetail.actuator;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * Endpoint {@code dovetailconsole}: a page that shows what the endpoint {@code dovetail} says, and asks it for actions. It reads
 * nothing itself: whoever may not see the one sees nothing on the other.
 */
@WebEndpoint(id = "dovetailconsole", defaultAccess = Access.READ_ONLY)
public final class ConsoleEndpoint {

    // Of the WebJar, whose folder is called after its version.
    private static final String CHARTS = "META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

    private static final MimeType SCRIPT = MimeType.valueOf("text/javascript;charset=UTF-8");
    private static final Map<String, File> FILES = Map.of(
            "console.css", new File(own("console.css"), MimeType.valueOf("text/css;charset=UTF-8")),
            "console.js", new File(own("console.js"), SCRIPT),
            "charts.js", new File(own("charts.js"), SCRIPT),
            "tables.js", new File(own("tables.js"), SCRIPT),
            "chart.js", new File(new ClassPathResource(CHARTS, ConsoleEndpoint.class.getClassLoader()), SCRIPT));

    private record File(Resource content, MimeType type) {}

    private static Resource own(String name) {
        return new ClassPathResource("console/" + name, ConsoleEndpoint.class);
    }

    /** The page. */
    @ReadOperation(produces = "text/html;charset=UTF-8")
    public Resource page() {
        return own("console.html");
    }

    /**
     * One of the files that the page is made of; 404 for all others. The library of charts is one that the application may have
     * left out: the page shows tables only, then.
     */
    @ReadOperation
    public WebEndpointResponse<Resource> file(@Selector String name) {
        File file = FILES.get(name);
        return file == null || !file.content().exists()
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                : new WebEndpointResponse<>(file.content(), file.type());
    }
}

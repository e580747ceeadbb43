package dev.dovetail.actuator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.MimeType;

/**
 * Endpoint {@code dovetailconsole}: a page that shows what the endpoint {@code dovetail} says, and asks it for actions. It reads
 * nothing itself: whoever may not see the one sees nothing on the other.
 */
@WebEndpoint(id = "dovetailconsole", defaultAccess = Access.READ_ONLY)
public final class ConsoleEndpoint {

    private static final Logger log = LoggerFactory.getLogger(ConsoleEndpoint.class);

    // Its folder is called after the version, which the application may choose.
    private static final String CHARTS = "classpath*:META-INF/resources/webjars/chart.js/*/dist/chart.umd.min.js";

    private static final MimeType SCRIPT = MimeType.valueOf("text/javascript;charset=UTF-8");

    private final Map<String, File> files;
    private final Supplier<@Nullable PathMappedEndpoints> paths;

    /**
     * A page whose library of charts is found on the class path, if it is there.
     *
     * @param paths asked with each page where the endpoints are; null if nobody knows, and they are where they always are
     */
    public ConsoleEndpoint(Supplier<@Nullable PathMappedEndpoints> paths) {
        this.paths = paths;
        files = new HashMap<>();
        add("console.css", MimeType.valueOf("text/css;charset=UTF-8"));
        List.of("console.js", "asking.js", "charts.js", "tables.js").forEach(name -> add(name, SCRIPT));
        charts().ifPresent(charts -> files.put("chart.js", new File(charts, SCRIPT)));
    }

    private record File(Resource content, MimeType type) {}

    private void add(String name, MimeType type) {
        files.put(name, new File(own(name), type));
    }

    private static Resource own(String name) {
        return new ClassPathResource("console/" + name, ConsoleEndpoint.class);
    }

    private static Optional<Resource> charts() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver(ConsoleEndpoint.class.getClassLoader())
                    .getResources(CHARTS);
            return Stream.of(found).findFirst();
        } catch (IOException e) {
            log.debug("The library of charts was not found", e);
            return Optional.empty();
        }
    }

    /** The page. */
    @ReadOperation(produces = "text/html;charset=UTF-8")
    public Resource page() {
        String page = ConsoleLinks.of(paths.get()).in(text(own("console.html")));
        return new ByteArrayResource(page.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Resource resource) {
        try {
            return resource.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The page cannot be read from the class path", e);
        }
    }

    /**
     * One of the files that the page is made of; 404 for all others. The library of charts is one that the application may have
     * left out: the page shows tables only, then.
     */
    @ReadOperation
    public WebEndpointResponse<Resource> file(@Selector String name) {
        File file = files.get(name);
        return file == null
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                : new WebEndpointResponse<>(file.content(), file.type());
    }
}

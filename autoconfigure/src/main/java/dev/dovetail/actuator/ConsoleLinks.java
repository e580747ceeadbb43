package dev.dovetail.actuator;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;

/**
 * What the page calls its files and the endpoint that it reads. Relative to itself, for nobody here knows what a context or a
 * proxy puts in front.
 *
 * @param files what stands before a file's name
 * @param endpoint the endpoint {@code dovetail}
 */
record ConsoleLinks(String files, String endpoint) {

    private static final EndpointId PAGE = EndpointId.of("dovetailconsole");

    /** @param paths of the endpoints, which may be mapped to others; null if nobody says */
    static ConsoleLinks of(@Nullable PathMappedEndpoints paths) {
        String page = paths == null ? null : paths.getPath(PAGE);
        if (paths == null || page == null) {
            return between("/dovetailconsole", "/dovetail");
        }
        String endpoint = paths.getPath(DovetailEndpoint.ID);
        return between(page, endpoint == null ? paths.getBasePath() + "/" + DovetailEndpoint.ID : endpoint);
    }

    /** Those of a page at this path for an endpoint at that one. */
    static ConsoleLinks between(String page, String endpoint) {
        String from = clean(page);
        return new ConsoleLinks(
                relative(from, from.endsWith("/") ? from : from + "/"), relative(from, clean(endpoint)));
    }

    private static String clean(String path) {
        return path.replaceAll("/{2,}", "/");
    }

    private static String relative(String page, String target) {
        String directory = page.substring(0, page.lastIndexOf('/') + 1);
        StringBuilder relative = new StringBuilder();
        while (!target.startsWith(directory)) {
            directory = directory.substring(0, directory.lastIndexOf('/', directory.length() - 2) + 1);
            relative.append("../");
        }
        return relative.append(target.substring(directory.length())).toString();
    }

    /** Writes them into the page. */
    String in(String page) {
        return page.replace("${files}", attribute(files)).replace("${endpoint}", attribute(endpoint));
    }

    private static String attribute(String value) {
        return value.replace("&", "&amp;").replace("\"", "&quot;");
    }
}

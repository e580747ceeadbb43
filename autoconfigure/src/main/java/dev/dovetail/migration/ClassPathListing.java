package dev.dovetail.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.CoreLocationPrefix;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resource.classpath.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files below a location on the class path, as Spring lists them, which also works in a native image. */
final class ClassPathListing {

    private ClassPathListing() {}

    static List<LoadableResource> of(Location location, Configuration configuration) {
        if (!CoreLocationPrefix.isClassPath(location)) {
            return List.of();
        }
        PathMatchingResourcePatternResolver resolver =
                new PathMatchingResourcePatternResolver(configuration.getClassLoader());
        Resource root = resolver.getResource("classpath:" + location.getRootPath());
        if (!root.exists()) {
            return missing(location, configuration);
        }
        return list(resolver, root, location, configuration);
    }

    private static List<LoadableResource> missing(Location location, Configuration configuration) {
        if (configuration.isFailOnMissingLocations()) {
            throw new FlywayException("Unable to resolve location " + location + ".");
        }
        return List.of();
    }

    private static List<LoadableResource> list(
            PathMatchingResourcePatternResolver resolver,
            Resource root,
            Location location,
            Configuration configuration) {
        try {
            String base = root.getURI().toString();
            List<LoadableResource> files = new ArrayList<>();
            for (Resource file : resolver.getResources(base + "/**/*")) {
                String below = file.getURI().toString().substring(base.length());
                String path = location.getRootPath() + "/" + below.replaceFirst("^/+", "");
                if (!path.endsWith("/") && matches(location, path)) {
                    files.add(new ClassPathResource(
                            location, path, configuration.getClassLoader(), configuration.getEncoding()));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("The files in %s cannot be listed".formatted(location), e);
        }
    }

    private static boolean matches(Location location, String path) {
        return location.getPathRegex() == null
                || location.getPathRegex().matcher(path).matches();
    }
}

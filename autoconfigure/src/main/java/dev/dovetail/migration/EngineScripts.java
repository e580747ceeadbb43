package dev.dovetail.migration;

import dev.dovetail.migration.EngineFolders.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.ClassProvider;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.scanner.Scanner;
import org.flywaydb.core.internal.util.StringUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NativeDetector;

/**
 * What Flyway's own scanner finds in the configured locations, without the scripts of other engines, and without common
 * ones that the engine in use replaces by a file of the same name.
 *
 * <p>Nothing is read or rewritten here, so checksums are Flyway's. Locations are scanned once, at first use: customizers
 * that run later may still change them.
 */
final class EngineScripts implements ResourceProvider, ClassProvider<JavaMigration> {

    private final Configuration configuration;
    private final EngineFolders folders;
    private @Nullable List<LoadableResource> resources;

    EngineScripts(Configuration configuration, EngineFolders folders) {
        this.configuration = configuration;
        this.folders = folders;
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return resources().stream()
                .filter(resource -> resource.getRelativePath().equalsIgnoreCase(name)
                        || resource.getAbsolutePath().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return resources().stream()
                .filter(resource -> StringUtils.startsAndEndsWith(resource.getFilename(), prefix, suffixes))
                .toList();
    }

    @Override
    public Collection<Class<? extends JavaMigration>> getClasses() {
        return choose(location -> scan(location).getClasses(), EngineScripts::path, Class::getSimpleName);
    }

    private synchronized List<LoadableResource> resources() {
        if (resources == null) {
            resources = choose(this::resourcesIn, LoadableResource::getAbsolutePath, LoadableResource::getFilename);
        }
        return resources;
    }

    private Collection<LoadableResource> resourcesIn(Location location) {
        Collection<LoadableResource> found = scan(location).getResources("", "");
        if (!NativeDetector.inNativeImage()) {
            return found;
        }
        // Flyway's scanner cannot list the class path of a native image. Boot's replacement for it steps aside
        // because a resource provider is set, so the same must be done here.
        return Stream.concat(found.stream(), ClassPathListing.of(location, configuration).stream())
                .toList();
    }

    private Scanner<JavaMigration> scan(Location location) {
        return new Scanner<>(JavaMigration.class, configuration, new Location[] {location});
    }

    private <T> List<T> choose(
            Function<Location, Collection<T>> scan, Function<T, String> path, Function<T, String> name) {
        List<T> common = new ArrayList<>();
        List<T> chosen = new ArrayList<>();
        for (Location location : configuration.getLocations()) {
            for (T found : scan.apply(location)) {
                Owner owner = folders.ownerOf(location, path.apply(found));
                if (owner != Owner.OTHER) {
                    (owner == Owner.ENGINE ? chosen : common).add(found);
                }
            }
        }
        Set<String> replaced =
                chosen.stream().flatMap(file -> replacedBy(name.apply(file))).collect(Collectors.toSet());
        common.removeIf(file -> replaced.contains(name.apply(file)));
        chosen.addAll(common);
        return chosen;
    }

    /** With a script goes its settings file: what was right for the common one need not be for this. */
    private static Stream<String> replacedBy(String name) {
        return Stream.of(name, name + ".conf");
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}

package dev.dovetail.migration;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.Location;

/**
 * Which engine a script is for, told by the folders it lies in. A folder named after an engine holds that engine's
 * scripts, at any depth below a location, so that domains may have folders of their own ({@code orders/sqlite}).
 *
 * <p>A location is taken at its word: whoever names {@code db/migration/postgresql} as a location wants its scripts.
 */
record EngineFolders(String engine, Set<String> others) {

    /** Whose script it is. */
    enum Owner {
        /** Everybody's. */
        COMMON,
        /** The engine's that is in use. */
        ENGINE,
        /** Another engine's. */
        OTHER
    }

    EngineFolders {
        others = others.stream()
                .filter(other -> !other.equalsIgnoreCase(engine))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whose file this is, given the location that was scanned and the path under which the file was found there. */
    Owner ownerOf(Location location, String path) {
        List<String> folders = foldersBelow(location, path);
        if (folders.stream().anyMatch(this::isOther)) {
            return Owner.OTHER;
        }
        boolean own = folders.stream().anyMatch(engine::equalsIgnoreCase) || isEngines(location);
        return own ? Owner.ENGINE : Owner.COMMON;
    }

    private boolean isOther(String folder) {
        return others.stream().anyMatch(folder::equalsIgnoreCase);
    }

    /** {@code db/migration/{vendor}} beside {@code db/migration/common} is as good as a folder below a location. */
    private boolean isEngines(Location location) {
        List<String> folders = segments(location.getRootPath());
        return !folders.isEmpty() && folders.get(folders.size() - 1).equalsIgnoreCase(engine);
    }

    private static List<String> foldersBelow(Location location, String path) {
        List<String> all = segments(path);
        List<String> root = segments(location.getRootPath());
        int from = all.size() > root.size() && all.subList(0, root.size()).equals(root) ? root.size() : 0;
        return all.subList(from, Math.max(from, all.size() - 1));
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("[/\\\\]"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}

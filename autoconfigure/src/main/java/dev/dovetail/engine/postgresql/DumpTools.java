package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.CopyNotPossibleException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One installation of {@code pg_dump} and {@code pg_restore}.
 *
 * @param dump path of {@code pg_dump}
 * @param restore path of {@code pg_restore}
 * @param major version of both
 */
record DumpTools(Path dump, Path restore, int major) {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /**
     * The oldest installation that can dump a server of this version: an older one refuses, a newer one may write what others cannot
     * read.
     *
     * @param configured path of {@code pg_dump}; null to look for it
     * @throws CopyNotPossibleException if there is none
     */
    static DumpTools forServer(int major, @Nullable String configured) throws IOException {
        List<DumpTools> known = installed(configured);
        return known.stream()
                .filter(tools -> tools.major >= major)
                .min(Comparator.comparingInt(DumpTools::major))
                .orElseThrow(() -> new CopyNotPossibleException(missing(major, configured, known)));
    }

    /** @throws CopyNotPossibleException if there is none that can dump a server of this version */
    static void requireForServer(int major, @Nullable String configured) throws IOException {
        List<DumpTools> known = installed(configured);
        if (known.stream().noneMatch(tools -> tools.major >= major)) {
            throw new CopyNotPossibleException(missing(major, configured, known));
        }
    }

    /** The newest installation, which reads what any of them wrote. */
    static DumpTools newest(@Nullable String configured) throws IOException {
        return installed(configured).stream()
                .max(Comparator.comparingInt(DumpTools::major))
                .orElseThrow(() -> new CopyNotPossibleException(
                        "pg_restore was not found. Install PostgreSQL's client programs (Debian and Ubuntu: the package"
                                + " postgresql-client), or set dovetail.backup.pg-dump to the path of pg_dump, beside which"
                                + " pg_restore lies."));
    }

    private static String missing(int major, @Nullable String configured, List<DumpTools> known) {
        String found = known.isEmpty()
                ? (configured == null
                        ? "pg_dump was not found"
                        : configured + " is not a pg_dump with a pg_restore beside it")
                : "pg_dump of version "
                        + String.join(
                                ", ",
                                known.stream()
                                        .map(each -> each.major + " (" + each.dump + ")")
                                        .toList())
                        + " was found, and an older one cannot dump a newer server";
        return "The server is PostgreSQL %d, and a backup needs pg_dump and pg_restore of version %d or newer; %s. Install them (Debian and Ubuntu: the package postgresql-client-%d), or set dovetail.backup.pg-dump to the path of pg_dump."
                .formatted(major, major, found, major);
    }

    private static List<DumpTools> installed(@Nullable String configured) throws IOException {
        List<DumpTools> found = new ArrayList<>();
        for (Path dump : configured == null ? candidates() : List.of(Path.of(configured))) {
            Path restore =
                    dump.resolveSibling(String.valueOf(dump.getFileName()).replace("pg_dump", "pg_restore"));
            if (Files.isExecutable(dump) && Files.isExecutable(restore)) {
                int major = majorOf(dump);
                if (major > 0) {
                    found.add(new DumpTools(dump, restore, major));
                }
            }
        }
        return found;
    }

    // Debian's program on the PATH is a wrapper that chooses by itself, so that those themselves come first.
    private static List<Path> candidates() throws IOException {
        List<Path> candidates = new ArrayList<>();
        if (Files.isDirectory(DEBIAN)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
                versions.forEach(
                        version -> candidates.add(version.resolve("bin").resolve("pg_dump")));
            }
        }
        String path = System.getenv("PATH");
        for (String directory : path == null ? new String[0] : path.split(File.pathSeparator)) {
            candidates.add(Path.of(directory, "pg_dump"));
            candidates.add(Path.of(directory, "pg_dump.exe"));
        }
        return candidates;
    }

    private static int majorOf(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(text);
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}

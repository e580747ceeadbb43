package dev.dovetail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules that class files cannot show, for one source tree. Each returns its violations, one line each. */
final class SourceRules {

    private static final int MAXIMUM_LINES = 300;
    private static final Pattern DDL = Pattern.compile("\\bcreate\\s+table\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT = Pattern.compile("^\\s*(//|/\\*|\\*)");

    private final Path root;

    SourceRules(Path root) {
        this.root = root;
    }

    /**
     * @param exceptions files that may be longer, with the reason; one that is not is a violation too
     */
    List<String> filesAreReadInOneSitting(Map<String, String> exceptions) {
        List<String> violations = new ArrayList<>();
        for (Path file : files()) {
            String name = name(file);
            int lines = lines(file).size();
            boolean excepted = exceptions.containsKey(name);
            if (lines > MAXIMUM_LINES && !excepted) {
                violations.add("%s has %d lines".formatted(name, lines));
            }
            if (lines <= MAXIMUM_LINES && excepted) {
                violations.add("%s needs no exception any more".formatted(name));
            }
        }
        List<String> names = files().stream().map(this::name).toList();
        exceptions.keySet().stream()
                .filter(name -> !names.contains(name))
                .map(name -> "%s is excepted, but does not exist".formatted(name))
                .forEach(violations::add);
        return violations;
    }

    /** Tables are made by migrations, which are resources: one place to read, one history, checksums. */
    List<String> tablesAreMadeByMigrationsOnly() {
        List<String> violations = new ArrayList<>();
        for (Path file : files()) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (DDL.matcher(line).find() && !COMMENT.matcher(line).find()) {
                    violations.add("%s:%d makes a table".formatted(name(file), i + 1));
                }
            }
        }
        return violations;
    }

    private List<Path> files() {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}

package dev.dovetail.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts results into pages: what stands between {@code <!-- benchmark: jmh.md -->} and {@code <!-- benchmark end -->} is
 * replaced by that file of the results, and by all targets that are not reached if it says {@code shortfalls}. What has no
 * results is left as it is.
 */
public final class Publication {

    private static final String SHORTFALLS = "shortfalls";

    private static final Pattern PLACE =
            Pattern.compile("(<!-- benchmark: ([\\w.-]+) -->\n).*?(<!-- benchmark end -->)", Pattern.DOTALL);

    private Publication() {}

    /** Rewrites these pages. */
    public static void into(List<Path> pages) {
        for (Path page : pages) {
            try {
                Files.writeString(page, filled(Files.readString(page), Results.directory()));
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    static String filled(String page, Path results) throws IOException {
        Matcher places = PLACE.matcher(page);
        StringBuilder text = new StringBuilder();
        while (places.find()) {
            String filled = result(places.group(2), results)
                    .map(result -> places.group(1) + "\n" + result.strip() + "\n\n" + places.group(3))
                    .orElse(places.group());
            places.appendReplacement(text, Matcher.quoteReplacement(filled));
        }
        return places.appendTail(text).toString();
    }

    private static Optional<String> result(String name, Path results) throws IOException {
        if (name.equals(SHORTFALLS)) {
            return Optional.of(Shortfalls.of(results));
        }
        Path file = results.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }
}

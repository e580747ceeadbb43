package dev.dovetail.benchmarks.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The targets of all results that are not reached, as a list in Markdown. */
final class Shortfalls {

    private static final Map<String, String> BENCHMARKS = benchmarks();

    private Shortfalls() {}

    static String of(Path results) {
        StringBuilder list = new StringBuilder();
        BENCHMARKS.forEach((file, title) -> {
            Path json = results.resolve(file);
            if (Files.exists(json)) {
                for (JsonNode target : Results.tree(json).path("targets")) {
                    if (!target.path("kept").asBoolean()) {
                        list.append("* %s: %s: **%s**\n"
                                .formatted(
                                        title,
                                        target.path("promise").asString(),
                                        target.path("measured").asString()));
                    }
                }
            }
        });
        return list.isEmpty() ? "None." : list.toString();
    }

    /** In the order of the list. */
    private static Map<String, String> benchmarks() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("jmh-summary.json", "One call");
        titles.put("load.json", "Many threads");
        titles.put("growth.json", "Growing table");
        titles.put("startup.json", "Start-up");
        titles.put("cache.json", "Caching");
        titles.put("hit-rates.json", "Hit rates");
        titles.put("monitoring.json", "Watching");
        titles.put("backup.json", "Backup");
        return titles;
    }
}

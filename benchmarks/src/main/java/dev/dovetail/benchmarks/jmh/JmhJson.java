package dev.dovetail.benchmarks.jmh;

import dev.dovetail.benchmarks.report.Results;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What JMH measured as its own JSON, but without the directories of the machine and the login of its server. */
final class JmhJson {

    private JmhJson() {}

    static JsonNode of(Collection<RunResult> results) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(json, true, StandardCharsets.UTF_8))
                .writeOut(results);
        return scrubbed(Results.parsed(json.toString(StandardCharsets.UTF_8)));
    }

    /** System properties say where things are, and nothing of what was measured. */
    static JsonNode scrubbed(JsonNode jmh) {
        for (JsonNode result : jmh) {
            ObjectNode run = (ObjectNode) result;
            String jvm = run.path("jvm").asString();
            run.put("jvm", jvm.substring(Math.max(jvm.lastIndexOf('/'), jvm.lastIndexOf('\\')) + 1));
            ArrayNode kept = run.arrayNode();
            for (JsonNode argument : run.path("jvmArgs")) {
                if (!argument.asString().startsWith("-D")
                        && !argument.asString().matches(".*[/\\\\].*")) {
                    kept.add(argument);
                }
            }
            run.set("jvmArgs", kept);
        }
        return jmh;
    }
}

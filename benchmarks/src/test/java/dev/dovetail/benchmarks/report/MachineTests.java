package dev.dovetail.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTests {

    @Test
    void everyPartIsNamedWithItsVersion() {
        Map<String, String> facts = Machine.facts();
        assertThat(facts).containsKeys("date", "commit", "processor", "cores", "memory", "system", "java");
        for (String library : new String[] {
            "SQLite", "sqlite-jdbc", "pgjdbc", "HikariCP", "Caffeine", "Spring Boot", "Hibernate", "jOOQ"
        }) {
            assertThat(facts.get(library)).as(library).matches("\\d+\\..*");
        }
        assertThat(Machine.sentence(facts)).contains(facts.get("jOOQ"), facts.get("processor"));
    }

    @Test
    void whatARunWroteDownIsReadAsItWas(@TempDir Path directory) throws Exception {
        Map<String, String> facts = new TreeMap<>(Map.of("commit", "of then", "date", "2001-02-03"));
        Path json = Files.writeString(directory.resolve("machine.json"), Results.json(facts));
        assertThat(Machine.facts(json)).containsExactlyEntriesOf(facts);
    }

    @Test
    void nothingTellsWhoseMachineItIs() {
        assertThat(Machine.facts().values()).noneMatch(fact -> fact.contains(System.getProperty("user.home")));
    }
}

package dev.dovetail.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
    void nothingTellsWhoseMachineItIs() {
        assertThat(Machine.facts().values()).noneMatch(fact -> fact.contains(System.getProperty("user.home")));
    }
}

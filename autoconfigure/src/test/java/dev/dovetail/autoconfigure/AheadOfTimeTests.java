package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** The bean definitions can be worked out when the application is built. Whether they then run is not tested here. */
class AheadOfTimeTests {

    @Test
    void whenTheContextIsProcessedAheadOfTimeThenEveryDefinitionIsWritten() {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get("dev.dovetail", "Generated")), files);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(Wiring.Application.class);

        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        generation.writeGeneratedContent();

        assertThat(files.getGeneratedFiles(Kind.SOURCE).keySet())
                .anyMatch(name -> name.contains("DovetailDataSourceAutoConfiguration"))
                .anyMatch(name -> name.contains("DovetailActuatorAutoConfiguration"))
                .anyMatch(name -> name.contains("DovetailFlywayAutoConfiguration"));
        assertThat(RuntimeHintsPredicates.reflection().onType(DovetailProperties.Sqlite.class))
                .accepts(generation.getRuntimeHints());
    }
}

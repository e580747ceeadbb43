package dev.dovetail.contract.repository;

import dev.dovetail.autoconfigure.DovetailDataJdbcAutoConfiguration;
import dev.dovetail.autoconfigure.DovetailDataSourceAutoConfiguration;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.engine.DatabaseEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application that is processed ahead of time, and tells what its repositories find. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    DovetailDataSourceAutoConfiguration.class,
    DovetailDataJdbcAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    TransactionManagerCustomizationAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    DataJdbcRepositoriesAutoConfiguration.class
})
@EnableJdbcRepositories(
        includeFilters =
                @Filter(
                        type = FilterType.ASSIGNABLE_TYPE,
                        classes = {Pioneers.class, Relics.class}))
public class AheadOfTimeApplication {

    private static final AtomicInteger generated = new AtomicInteger();

    // Whether the statements come from code that was generated, which is only visible from inside.
    @Bean
    StatementListener callers() {
        return event -> {
            if (Arrays.stream(new Throwable().getStackTrace())
                    .anyMatch(frame -> frame.getClassName().contains("AotRepository"))) {
                generated.incrementAndGet();
            }
        };
    }

    /** Takes the settings as arguments and prints one answer a line. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(AheadOfTimeApplication.class);
        application.setLogStartupInfo(false);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            answer(context);
        }
    }

    private static void answer(ConfigurableApplicationContext context) {
        String table = Person.TABLE;
        for (Map.Entry<String, String> word :
                context.getBean(DatabaseEngine.class).migrationWords().entrySet()) {
            table = table.replace("${" + word.getKey() + "}", word.getValue());
        }
        context.getBean(JdbcTemplate.class).execute(table);
        Pioneers people = context.getBean(Pioneers.class);
        people.saveAll(List.of(
                Person.of("alice", null, 30),
                Person.of("ALICE", "al\\ice", 25),
                Person.of("bob_1%", "Bobby", 41),
                Person.of("Ünal", null, 50)));
        print("name", people.findByName("alice"));
        print("like", people.findByNameLike("%lic%"));
        print("starting", people.findByNameStartingWith("bob_"));
        print("containing", people.findByNameContaining("_"));
        print("ignoring case", people.findByNameIgnoreCase("aLiCe"));
        print("umlaut", people.findByNameIgnoreCase("Ünal"));
        print("in", people.findByAgeIn(List.of(25, 50)));
        print("ranks", people.findByRankIn(List.of(Person.Rank.MASTER)));
        print("nulls", people.findAllByOrderByNicknameAsc());
        print("sorted", people.findByActive(true, Sort.by("age").descending(), Limit.of(2)));
        print(
                "page",
                people.findByAgeGreaterThan(25, PageRequest.of(1, 2, Sort.by("age")))
                        .getContent());
        print("annotated", people.ofRank(Person.Rank.NOVICE));
        print("locked", people.findByAge(50));
        System.out.println("renamed " + people.rename("ü", 50));
        System.out.println("count " + people.countByActive(true) + " " + people.existsByName("nobody") + " "
                + people.deleteByName("ALICE"));
        Relics.answer(context);
        System.out.println("generated " + (generated.get() > 10));
    }

    private static void print(String what, List<Person> found) {
        System.out.println(what + " " + found.stream().map(Person::age).toList());
    }
}

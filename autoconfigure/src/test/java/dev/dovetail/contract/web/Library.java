package dev.dovetail.contract.web;

import dev.dovetail.Database;
import dev.dovetail.autoconfigure.DovetailWebAutoConfiguration;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.TransactionOptions;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** A web application in which everything that is asked for goes wrong. */
final class Library {

    static final String TABLES = """
            CREATE TABLE author (
              id ${identity}, version ${integer} NOT NULL, name ${text} NOT NULL UNIQUE, age ${integer} CHECK (age < 200)
            ) ${strict};
            CREATE TABLE book (
              author ${bigint} NOT NULL REFERENCES author (id), title ${text} NOT NULL UNIQUE
            ) ${strict};
            """;

    /** In every value that is stored or asked for. */
    static final String SECRET = "anna@example.com";

    private Library() {}

    @Table("author")
    record Author(
            @Id @Nullable Long id,
            @Version int version,
            @Size(max = 100) String name,
            @Nullable Integer age,
            Set<Book> books) {

        static Author named(String name, Book... books) {
            return new Author(null, 0, name, 40, Set.of(books));
        }
    }

    @Table("book")
    record Book(String title) {}

    interface Authors extends ListCrudRepository<Author, Long> {}

    @ResponseStatus(HttpStatus.GONE)
    static final class OwnException extends EmptyResultDataAccessException {

        private static final long serialVersionUID = 1L;

        OwnException() {
            super("own", 1);
        }
    }

    @RestController
    static class Desk {

        private final Database database;
        private final Authors authors;
        private final JdbcTemplate jdbc;
        private final JdbcClient client;

        Desk(Database database, Authors authors, JdbcTemplate jdbc, JdbcClient client) {
            this.database = database;
            this.authors = authors;
            this.jdbc = jdbc;
            this.client = client;
        }

        @PostMapping("/authors")
        Author add(@RequestParam String name) {
            return authors.save(Author.named(name));
        }

        @PostMapping("/books")
        Author addBook(@RequestParam String name, @RequestParam String title) {
            return authors.save(Author.named(name, new Book(title)));
        }

        @PostMapping("/ages/{age}")
        int age(@PathVariable int age) {
            return jdbc.update("INSERT INTO author (version, name, age) VALUES (1, '" + SECRET + "', " + age + ")");
        }

        @PostMapping("/nobody")
        int nobody() {
            return jdbc.update("INSERT INTO author (version, age) VALUES (1, 2)");
        }

        @GetMapping("/authors/{name}")
        long one(@PathVariable String name) {
            return client.sql("SELECT id FROM author WHERE name = :name")
                    .param("name", name)
                    .query(Long.class)
                    .single();
        }

        @PutMapping("/authors/{id}")
        Author change(@PathVariable long id, @RequestParam int version) {
            return authors.save(new Author(id, version, SECRET, 41, Set.of()));
        }

        @GetMapping("/mistake")
        @Nullable
        Object mistake() {
            return database.inTransaction(TransactionOptions.named("reading"), transaction -> {
                jdbc.queryForObject("SELECT count(*) FROM author", Long.class);
                jdbc.update("UPDATE author SET age = 7 WHERE name = '" + SECRET + "'");
                return jdbc.queryForList("SELECT FROM WHERE name = '" + SECRET + "'");
            });
        }

        @GetMapping("/slow/{engine}")
        @Nullable
        Long slow(@PathVariable TestEngine engine) {
            JdbcTemplate limited = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
            limited.setExceptionTranslator(jdbc.getExceptionTranslator());
            limited.setQueryTimeout(1);
            return limited.queryForObject(engine.slowQuery(), Long.class);
        }

        @PostMapping("/wrapped")
        Author wrapped(@RequestParam String name) {
            try {
                return add(name);
            } catch (DataAccessException e) {
                throw new IllegalStateException("Could not add " + name, e);
            }
        }

        @PostMapping("/own-status")
        Author ownStatus(@RequestParam String name) {
            try {
                return add(name);
            } catch (DataAccessException e) {
                throw new ResponseStatusException(HttpStatus.PAYMENT_REQUIRED, "ours", e);
            }
        }

        @GetMapping("/own-exception")
        int ownException() {
            throw new OwnException();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Authors.class))
    @ImportAutoConfiguration({DovetailWebAutoConfiguration.class, ValidationAutoConfiguration.class})
    static class Application {

        @Bean
        Desk desk(Database database, Authors authors, JdbcTemplate jdbc, JdbcClient client) {
            return new Desk(database, authors, jdbc, client);
        }
    }
}

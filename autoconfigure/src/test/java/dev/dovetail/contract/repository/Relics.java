package dev.dovetail.contract.repository;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.repository.SoftDelete;
import dev.dovetail.repository.SoftDeleteRepository;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.JdbcTemplate;

/** A repository of what is deleted softly, in an application that is processed ahead of time. */
public interface Relics extends ListCrudRepository<Relics.Relic, String>, SoftDeleteRepository<Relics.Relic, String> {

    List<Relic> findByNameOrAge(String name, int age);

    boolean existsByName(String name);

    int deleteByName(String name);

    /** What lies in a museum. */
    @SoftDelete
    record Relic(
            @Id String id, String name, int age, @Nullable Instant deletedAt) {}

    static void answer(ApplicationContext context) {
        JdbcAggregateTemplate template = context.getBean(JdbcAggregateTemplate.class);
        context.getBean(JdbcTemplate.class)
                .execute("CREATE TABLE relic (id varchar(9) PRIMARY KEY, name varchar(9), age integer, deleted_at "
                        + Objects.requireNonNull(context.getBean(DatabaseEngine.class)
                                .migrationWords()
                                .get("timestamp"))
                        + ")");
        Relics relics = context.getBean(Relics.class);
        Stream.of("axe", "bow", "cup").forEach(name -> template.insert(new Relic(name, name, 7, null)));
        int deleted = relics.deleteByName("axe");
        relics.deleteById("bow");
        List<Relic> found = relics.findByNameOrAge("axe", 7);
        System.out.println("relics " + names(found) + " " + deleted + " " + relics.existsByName("cup") + " "
                + names(relics.findDeleted()));
    }

    private static List<String> names(List<Relic> relics) {
        return relics.stream().map(Relic::name).sorted().toList();
    }
}

package dev.dovetail.contract.chinook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.chinook.Chinook.PlaylistTrack;
import dev.dovetail.contract.chinook.Chinook.PlaylistTrackId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.support.Repositories;

/** Every row of every table, through a repository, by the table's name and by plain JDBC. */
class EveryTableTests extends Editions {

    @ParameterizedTest
    @EnumSource
    void whenATableIsReadInAnyWayThenTheValuesAreTheSameOnBothEngines(ChinookTable table) {
        List<List<String>> typed = both(edition -> sorted(Values.rows(typed(edition, table))));
        List<List<String>> named =
                both(edition -> sorted(Values.rows(edition.table(table.table).findAll())));

        assertThat(typed).hasSize(table.rows);
        assertThat(named).isEqualTo(typed);
        for (Edition edition : editions()) {
            assertThat(sorted(edition.plain("SELECT * FROM " + table.table)))
                    .as("plain JDBC on %s", edition)
                    .isEqualTo(typed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenRowsAreReadByNameAsTheEntityThenTheyAreTheRepositorys(ChinookTable table) {
        for (Edition edition : editions()) {
            Set<Object> typed = typed(edition, table).stream()
                    .map(row -> row instanceof PlaylistTrack entry ? entry.id() : row)
                    .collect(Collectors.toSet());
            Class<?> type = table.entity == PlaylistTrack.class ? PlaylistTrackId.class : table.entity;

            assertThat(new HashSet<Object>(edition.table(table.table).as(type).list()))
                    .as("on %s", edition)
                    .hasSize(table.rows)
                    .isEqualTo(typed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenRowsAreReadByNameThenColumnsAndClassesAreTheSameOnBothEngines(ChinookTable table) {
        List<Set<String>> shapes = editions().stream()
                .map(edition -> edition.table(table.table).findAll().stream()
                        .flatMap(row -> row.entrySet().stream().map(EveryTableTests::shape))
                        .collect(Collectors.toSet()))
                .toList();

        assertThat(shapes.get(0)).isEqualTo(shapes.get(1));
    }

    private static String shape(Map.Entry<String, @Nullable Object> column) {
        Object value = column.getValue();
        return column.getKey().replace("_", "").toLowerCase(Locale.ROOT) + " "
                + (value == null ? null : value.getClass().getSimpleName());
    }

    private static List<Object> typed(Edition edition, ChinookTable table) {
        Object repository = new Repositories(edition.application().context())
                .getRepositoryFor(table.entity)
                .orElseThrow();
        List<Object> rows = new ArrayList<>();
        ((CrudRepository<?, ?>) repository).findAll().forEach(rows::add);
        return rows;
    }

    private static List<List<String>> sorted(List<List<String>> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> String.join("\t", row)))
                .toList();
    }
}

package dev.dovetail.contract.cache.checker;

import dev.dovetail.contract.cache.checker.CheckedSchema.Item;
import dev.dovetail.contract.cache.checker.CheckedSchema.Note;
import java.util.List;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;

/** The repositories that are read and written. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcRepositories(
        considerNestedRepositories = true,
        includeFilters =
                @Filter(
                        type = FilterType.ASSIGNABLE_TYPE,
                        classes = {CheckedRepositories.Items.class, CheckedRepositories.Notes.class}))
class CheckedRepositories {

    interface Items extends ListCrudRepository<Item, Long> {

        List<Item> findByGrp(int grp);
    }

    interface Notes extends ListCrudRepository<Note, Long> {}
}

package dev.dovetail.contract.cache.checker;

import dev.dovetail.cache.Cached;
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
                        classes = {
                            CheckedRepositories.Items.class,
                            CheckedRepositories.Notes.class,
                            CheckedRepositories.CachedItems.class,
                            CheckedRepositories.CachedNotes.class
                        }))
class CheckedRepositories {

    interface Items extends ListCrudRepository<Item, Long> {

        List<Item> findByGrp(int grp);
    }

    interface Notes extends ListCrudRepository<Note, Long> {}

    @Cached
    interface CachedItems extends ListCrudRepository<Item, Long> {

        List<Item> findByGrp(int grp);
    }

    @Cached
    interface CachedNotes extends ListCrudRepository<Note, Long> {}
}

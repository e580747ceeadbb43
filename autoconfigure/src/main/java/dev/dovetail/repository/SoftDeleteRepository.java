package dev.dovetail.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.annotation.Transactional;

/**
 * What repositories of entities with {@link SoftDelete} do with what was deleted: to be extended beside a repository such as
 * {@code ListCrudRepository}. Each method runs in a transaction; safe for use by several threads.
 *
 * @param <T> the entity
 * @param <ID> its id
 */
public interface SoftDeleteRepository<T, ID> {

    /** All that are deleted, in no certain order. */
    @Transactional(readOnly = true)
    List<T> findDeleted();

    /** The one with this id if it is deleted. */
    @Transactional(readOnly = true)
    Optional<T> findDeletedById(ID id);

    @Transactional(readOnly = true)
    long countDeleted();

    /**
     * Brings back the one with this id, with its children; a version is incremented.
     *
     * @return whether there was one that was deleted
     * @throws org.springframework.dao.DuplicateKeyException if another one has a value by now that is to be unique; then this
     *     one stays deleted
     */
    @Transactional
    boolean restore(ID id);

    /**
     * Removes all that were deleted before this time from the database for good, with their children. They are read in groups
     * of 500 and removed in one transaction, with the events and callbacks of a deletion.
     *
     * @return how many
     * @throws org.springframework.dao.DataIntegrityViolationException if another table refers to one; then none is removed
     */
    @Transactional
    int purge(Instant before);

    /**
     * Removes the one with this id from the database for good, with its children, if it is deleted.
     *
     * @return whether there was one that was deleted
     * @throws org.springframework.dao.DataIntegrityViolationException if another table refers to it
     */
    @Transactional
    boolean purgeById(ID id);
}

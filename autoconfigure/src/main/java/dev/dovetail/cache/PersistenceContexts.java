package dev.dovetail.cache;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import org.hibernate.Session;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The entities in the persistence contexts that are bound to the current thread, by a transaction or for a whole request. */
public final class PersistenceContexts implements HeldObjects {

    @Override
    public boolean areThere() {
        return TransactionSynchronizationManager.getResourceMap().values().stream()
                .anyMatch(resource ->
                        resource instanceof EntityManagerHolder holder && holdsEntities(holder.getEntityManager()));
    }

    private static boolean holdsEntities(EntityManager entities) {
        try {
            return entities.isOpen()
                    && entities.unwrap(Session.class).getStatistics().getEntityCount() > 0;
        } catch (PersistenceException e) {
            // Another provider's does not tell.
            return true;
        }
    }
}

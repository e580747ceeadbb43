package dev.dovetail.benchmarks.peer;

import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Subject;
import dev.dovetail.benchmarks.subject.User;
import dev.dovetail.benchmarks.subject.UserRow;
import java.util.List;
import java.util.Objects;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Each reading by id inside a read-only transaction around it, as a service marked read-only has it. */
final class ReadOnlyTransactions implements Subject {

    private final DovetailSubject subject;
    private final TransactionTemplate transaction;

    private ReadOnlyTransactions(DovetailSubject subject) {
        this.subject = subject;
        transaction = new TransactionTemplate(subject.bean(PlatformTransactionManager.class));
        transaction.setReadOnly(true);
    }

    static Subject on(DatabaseUnderTest database) {
        return new ReadOnlyTransactions(DovetailSubject.on(database));
    }

    @Override
    public User byId(long id) {
        return Objects.requireNonNull(transaction.execute(status -> subject.byId(id)));
    }

    @Override
    public User byEmail(String email) {
        return subject.byEmail(email);
    }

    @Override
    public List<? extends User> all() {
        return subject.all();
    }

    @Override
    public long insert(UserRow user) {
        return subject.insert(user);
    }

    @Override
    public void update(UserRow user) {
        subject.update(user);
    }

    @Override
    public List<? extends User> saveAll(List<UserRow> users) {
        return subject.saveAll(users);
    }

    @Override
    public Iterable<? extends User> pageByOffset(int page) {
        return subject.pageByOffset(page);
    }

    @Override
    public Iterable<? extends User> pageByKeyset(long after) {
        return subject.pageByKeyset(after);
    }

    @Override
    public void readModifyWrite(long id) {
        subject.readModifyWrite(id);
    }

    @Override
    public void close() {
        subject.close();
    }
}

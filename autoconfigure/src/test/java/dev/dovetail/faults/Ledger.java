package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two tables that hold the same ids if every transaction is whole, a third of rows that are rewritten over many pages, and
 * what must be true of them after a crash.
 */
final class Ledger {

    private static final int SLOTS = 16;
    private static final int REPEATED = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AtomicInteger lastId = new AtomicInteger();

    Ledger(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    void create() {
        jdbc.sql("CREATE TABLE IF NOT EXISTS debit (id integer PRIMARY KEY)").update();
        jdbc.sql("CREATE TABLE IF NOT EXISTS credit (id integer PRIMARY KEY)").update();
        jdbc.sql("CREATE TABLE IF NOT EXISTS page (slot integer PRIMARY KEY, id integer, content text)")
                .update();
        lastId.set(ids("debit").stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    /** Writes one row into each table in one transaction, and tells its id once that is committed. */
    void write(IntConsumer committed) {
        int id = lastId.incrementAndGet();
        transaction.executeWithoutResult(status -> {
            insert("debit", id);
            rewrite(id);
            insert("credit", id);
        });
        committed.accept(id);
    }

    private void insert(String table, int id) {
        jdbc.sql("INSERT INTO " + table + " VALUES (:id)").param("id", id).update();
    }

    // A crash between two of these pages must not show.
    private void rewrite(int id) {
        jdbc.sql("INSERT INTO page VALUES (:slot, :id, :content)"
                        + " ON CONFLICT (slot) DO UPDATE SET id = excluded.id, content = excluded.content")
                .param("slot", id % SLOTS)
                .param("id", id)
                .param("content", content(id))
                .update();
    }

    private static String content(int id) {
        return String.valueOf(id).concat(" ").repeat(REPEATED);
    }

    private List<Integer> ids(String table) {
        return jdbc.sql("SELECT id FROM " + table + " ORDER BY id")
                .query(Integer.class)
                .list();
    }

    /**
     * Every acknowledged transaction is there and whole, and of the others at most so many: those whose acknowledgement a
     * crash has cut off.
     */
    void verify(Set<Integer> acknowledged, int mayBeUnacknowledged) {
        List<Integer> debits = ids("debit");
        assertThat(ids("credit").equals(debits))
                .as("each transaction wrote to both tables, or to none")
                .isTrue();
        Set<Integer> lost = new TreeSet<>(acknowledged);
        debits.forEach(lost::remove);
        assertThat(lost).as("acknowledged, but not there").isEmpty();
        assertThat(debits.size() - acknowledged.size())
                .as("rows without acknowledgement")
                .isBetween(0, mayBeUnacknowledged);
        verifyPages(debits);
    }

    private void verifyPages(List<Integer> ids) {
        jdbc.sql("SELECT id, content FROM page")
                .query((row, number) -> new Page(row.getInt(1), row.getString(2)))
                .list()
                .forEach(page -> {
                    assertThat(ids.contains(page.id))
                            .as("the transaction %d of a rewritten row is there", page.id)
                            .isTrue();
                    assertThat(page.content.equals(content(page.id)))
                            .as("the row that transaction %d has rewritten is whole", page.id)
                            .isTrue();
                });
    }

    private record Page(int id, String content) {}
}

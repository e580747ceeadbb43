package dev.dovetail.benchmarks.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.benchmarks.peer.Pools;
import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** How an application may use one SQLite file. The order is that of the tables. */
enum SetUp {
    DEFAULTS("(a) Spring Boot's defaults"),
    WAL("(b) WAL and busy timeout"),
    IMMEDIATE("(c) the same, BEGIN IMMEDIATE, pool of 10"),
    SPLIT("(d) writer and readers split by hand"),
    DOVETAIL_CLIENT("Dovetail, JdbcClient"),
    DOVETAIL_REPOSITORY("Dovetail, repository");

    private static final String BUSY = "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=5000";

    private final String title;

    SetUp(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    LoadSubject open(DatabaseUnderTest database) {
        return switch (this) {
            case DEFAULTS -> onePool(pool(database.url(), Pools.SIZE));
            case WAL -> onePool(pool(database.url() + BUSY, Pools.SIZE));
            case IMMEDIATE -> onePool(Pools.open(database));
            case SPLIT -> split(database);
            case DOVETAIL_CLIENT -> client(DovetailSubject.on(database));
            case DOVETAIL_REPOSITORY -> repository(DovetailSubject.on(database));
        };
    }

    private static LoadSubject onePool(HikariDataSource pool) {
        return ClientLoad.on(pool, pool, pool::close);
    }

    /** As many readers as Dovetail has; whoever writes waits for the one writer. */
    private static LoadSubject split(DatabaseUnderTest database) {
        HikariDataSource writer = Pools.open(database, 1);
        HikariDataSource readers =
                Pools.open(database, Math.max(4, Runtime.getRuntime().availableProcessors()));
        return ClientLoad.on(readers, writer, () -> {
            readers.close();
            writer.close();
        });
    }

    private static LoadSubject client(DovetailSubject dovetail) {
        JdbcClient client = dovetail.bean(JdbcClient.class);
        return new ClientLoad(client, client, dovetail.bean(PlatformTransactionManager.class), dovetail::close);
    }

    private static LoadSubject repository(DovetailSubject dovetail) {
        return new LoadSubject() {
            @Override
            public Object read(long id) {
                return dovetail.byId(id);
            }

            @Override
            public void increment(long id) {
                dovetail.readModifyWrite(id);
            }

            @Override
            public void close() {
                dovetail.close();
            }
        };
    }

    private static HikariDataSource pool(String url, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }
}

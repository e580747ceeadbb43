package dev.dovetail.benchmarks.peer;

import dev.dovetail.benchmarks.peer.client.JdbcClientSubject;
import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.peer.jdbc.BatchWithoutKeys;
import dev.dovetail.benchmarks.peer.jdbc.HeldJdbc;
import dev.dovetail.benchmarks.peer.jdbc.PooledJdbc;
import dev.dovetail.benchmarks.peer.jooq.JooqSubject;
import dev.dovetail.benchmarks.peer.jpa.JpaSubject;
import dev.dovetail.benchmarks.peer.springdata.SpringDataSubject;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Subject;
import java.util.Locale;

/** Who is measured. The order is that of the tables. */
public enum Peer {
    JDBC_HELD("JDBC, held statement (the limit)"),
    JDBC("JDBC by hand on a pool"),
    DOVETAIL("Dovetail repository"),
    JDBC_CLIENT("JdbcClient"),
    SPRING_DATA_JDBC("Spring Data JDBC"),
    JPA("Spring Data JPA (Hibernate)"),
    JOOQ("jOOQ"),
    DOVETAIL_ACTUATOR("Dovetail repository with Actuator"),
    DOVETAIL_NO_TRANSACTIONS("Dovetail repository without default transactions"),
    DOVETAIL_NO_CACHE("Dovetail repository with dovetail.cache.enabled=false"),
    DOVETAIL_TRANSACTION("Dovetail repository in a read-only transaction"),
    SPRING_DATA_JDBC_NO_TRANSACTIONS("Spring Data JDBC without default transactions"),
    JDBC_NO_KEYS("JDBC by hand, batch without ids");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    /** As people read it. */
    public String title() {
        return title;
    }

    /** As parameters of benchmarks spell it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads what {@link #id()} gives. */
    public static Peer of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether it is Dovetail, in one setting or another; the others are what it is compared with. */
    public boolean isOurs() {
        return name().startsWith(DOVETAIL.name());
    }

    /** Whether it does all the work; the others do a piece of it, for comparison. */
    public boolean isComplete() {
        return this != JDBC_NO_KEYS;
    }

    /** Starts it on the database; close it. */
    public Subject open(DatabaseUnderTest database) {
        return switch (this) {
            case JDBC_HELD -> new HeldJdbc(database);
            case JDBC -> new PooledJdbc(database);
            case DOVETAIL -> DovetailSubject.on(database);
            case JDBC_CLIENT -> new JdbcClientSubject(database);
            case SPRING_DATA_JDBC -> SpringDataSubject.on(database);
            case JPA -> new JpaSubject(database);
            case JOOQ -> new JooqSubject(database);
            case DOVETAIL_ACTUATOR -> DovetailSubject.withActuator(database);
            case DOVETAIL_NO_TRANSACTIONS -> DovetailSubject.withoutTransactions(database);
            case DOVETAIL_NO_CACHE -> DovetailSubject.withoutCache(database);
            case DOVETAIL_TRANSACTION -> ReadOnlyTransactions.on(database);
            case SPRING_DATA_JDBC_NO_TRANSACTIONS -> SpringDataSubject.withoutTransactions(database);
            case JDBC_NO_KEYS -> new BatchWithoutKeys(database);
        };
    }
}

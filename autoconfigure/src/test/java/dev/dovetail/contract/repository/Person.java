package dev.dovetail.contract.repository;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/** A row of plain columns, one of each kind. */
record Person(
        @Id @Nullable Long id,
        String name,
        @Nullable String nickname,
        int age,
        boolean active,
        LocalDate born,
        Instant joined,
        UUID code,
        Rank rank) {

    static final String TABLE = """
            CREATE TABLE person (
              id ${identity},
              name ${text} NOT NULL,
              nickname ${text},
              age ${integer} NOT NULL,
              active ${boolean} NOT NULL,
              born ${date} NOT NULL,
              joined ${timestamp} NOT NULL,
              code ${uuid} NOT NULL,
              rank ${text} NOT NULL
            ) ${strict};
            """;

    enum Rank {
        NOVICE,
        MASTER
    }

    /** Born on the first of January in the year 2026 less the age, joined as many days after the epoch. */
    static Person of(String name, @Nullable String nickname, int age) {
        return new Person(
                null,
                name,
                nickname,
                age,
                age >= 30,
                LocalDate.of(2026 - age, 1, 1),
                Instant.EPOCH.plusSeconds(86400L * age),
                new UUID(7, age),
                age >= 40 ? Rank.MASTER : Rank.NOVICE);
    }
}

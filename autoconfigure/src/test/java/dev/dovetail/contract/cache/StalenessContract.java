package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.Badges.Badge;
import java.util.Optional;

/** Compares what the cache says with what the database says. */
abstract class StalenessContract extends BadgeContract {

    StalenessContract(TestEngine engine) {
        super(engine);
    }

    void readAll() {
        badges.findById(1L);
        badges.findByName("java");
        badges.count();
        badges.numberAbove(0);
        badges.existsById(9L);
    }

    /** What the cache says is what the database says. */
    void isExact() {
        for (int i = 0; i < 2; i++) {
            assertThat(badges.findById(1L).map(Badge::points))
                    .isEqualTo(stored("SELECT points FROM badge WHERE id = 1"));
            assertThat(badges.findByName("java").map(Badge::points))
                    .isEqualTo(stored("SELECT points FROM badge WHERE name = 'java'"));
            assertThat(badges.count())
                    .isEqualTo(
                            stored("SELECT count(*) FROM badge").orElseThrow().longValue());
            assertThat(badges.numberAbove(0))
                    .isEqualTo(stored("SELECT count(*) FROM badge WHERE points > 0")
                            .orElseThrow()
                            .longValue());
            assertThat(badges.existsById(9L))
                    .isEqualTo(stored("SELECT id FROM badge WHERE id = 9").isPresent());
        }
    }

    private Optional<Integer> stored(String sql) {
        return application.jdbc().sql(sql).query(Integer.class).optional();
    }

    void isSeen(Runnable change) {
        readAll();
        change.run();
        isExact();
    }
}

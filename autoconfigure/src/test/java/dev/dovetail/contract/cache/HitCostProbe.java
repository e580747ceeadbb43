package dev.dovetail.contract.cache;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import org.junit.jupiter.api.Test;

class HitCostProbe {
    @Test
    void cost() {
        TestApplication application = BadgeApplications.on(TestEngine.SQLITE);
        BadgeApplications.reset(application);
        Badges badges = application.bean(Badges.class);
        long sum = 0;
        for (int r = 0; r < 12; r++) {
            long t = System.nanoTime();
            for (int i = 0; i < 3_000_000; i++) sum += badges.findById(1L).get().points();
            System.out.println("NS/HIT " + (System.nanoTime() - t) / 3_000_000.0);
        }
        System.out.println(sum);
        System.out.println(application.database().caches().statistics("badges"));
        BadgeApplications.stop();
    }
}

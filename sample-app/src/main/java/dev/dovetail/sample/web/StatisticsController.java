package dev.dovetail.sample.web;

import dev.dovetail.sample.registry.Statistics;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How much there is. */
@RestController
@RequestMapping("/api/statistics")
class StatisticsController {

    private final Statistics statistics;

    StatisticsController(Statistics statistics) {
        this.statistics = statistics;
    }

    @GetMapping
    Map<String, Long> all() {
        return statistics.counts();
    }
}

package dev.dovetail.benchmarks.startup.plain;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StatisticsController {

    private final Registry registry;

    StatisticsController(Registry registry) {
        this.registry = registry;
    }

    @GetMapping("/api/statistics")
    Map<String, Object> counts() {
        return registry.counts();
    }
}

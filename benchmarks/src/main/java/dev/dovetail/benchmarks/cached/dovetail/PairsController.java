package dev.dovetail.benchmarks.cached.dovetail;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The slow query over HTTP. */
@RestController
class PairsController {

    private final CachedUsers users;

    PairsController(CachedUsers users) {
        this.users = users;
    }

    @GetMapping("/pairs/{rows}")
    long pairs(@PathVariable("rows") long rows) {
        return users.countPairs(rows);
    }
}

package dev.dovetail.benchmarks.startup.plain;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/badges")
class BadgeController {

    private final Registry registry;

    BadgeController(Registry registry) {
        this.registry = registry;
    }

    @PostMapping
    Badge create(@Valid @RequestBody NewBadge body) {
        return registry.add(new Badge(
                UUID.randomUUID(),
                body.issuerId(),
                body.name(),
                body.description(),
                body.criteria(),
                Instant.now(),
                null));
    }

    @GetMapping("/{id}")
    Badge one(@PathVariable UUID id) {
        return registry.findBadge(id);
    }

    @GetMapping
    Slice<Badge> list(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        return registry.badges(PageRequest.of(page, size));
    }

    record NewBadge(
            @NotNull UUID issuerId,
            @NotBlank String name,
            @NotBlank String description,
            @NotBlank String criteria) {}
}

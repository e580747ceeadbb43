package dev.dovetail.benchmarks.startup.plain;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
@RequestMapping("/api/assertions")
class AssertionController {

    private final Registry registry;

    AssertionController(Registry registry) {
        this.registry = registry;
    }

    @PostMapping
    Assertion create(@Valid @RequestBody NewAssertion body) {
        return registry.add(new Assertion(
                UUID.randomUUID(),
                body.badgeId(),
                body.recipient(),
                body.evidence(),
                Instant.now(),
                null,
                null,
                null,
                null));
    }

    @GetMapping("/{id}")
    Assertion one(@PathVariable UUID id) {
        return registry.findAssertion(id);
    }

    @GetMapping
    Slice<Assertion> list(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        return registry.assertions(PageRequest.of(page, size));
    }

    record NewAssertion(
            @NotNull UUID badgeId,
            @NotBlank String recipient,
            @Nullable String evidence) {}
}

package dev.dovetail.benchmarks.startup.plain;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
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
@RequestMapping("/api/issuers")
class IssuerController {

    private final Registry registry;

    IssuerController(Registry registry) {
        this.registry = registry;
    }

    @PostMapping
    Issuer create(@Valid @RequestBody NewIssuer body) {
        return registry.add(new Issuer(UUID.randomUUID(), body.name(), body.url(), body.email(), Instant.now(), null));
    }

    @GetMapping("/{id}")
    Issuer one(@PathVariable UUID id) {
        return registry.findIssuer(id);
    }

    @GetMapping
    Slice<Issuer> list(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        return registry.issuers(PageRequest.of(page, size));
    }

    record NewIssuer(
            @NotBlank String name,
            @NotBlank String url,
            @Nullable String email) {}
}

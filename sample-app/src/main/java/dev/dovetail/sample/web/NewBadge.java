package dev.dovetail.sample.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** What one says to define a badge. */
record NewBadge(
        @NotNull UUID issuerId,
        @NotBlank @PlainText(max = 200) String name,
        @NotBlank @PlainText(max = 2000) String description,
        @NotBlank @PlainText(max = 2000) String criteria) {}

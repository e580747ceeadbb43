package dev.dovetail.sample.web;

import jakarta.validation.constraints.NotBlank;

/** What one says to define a badge anew. */
record BadgeChange(
        @NotBlank @PlainText(max = 200) String name,
        @NotBlank @PlainText(max = 2000) String description,
        @NotBlank @PlainText(max = 2000) String criteria) {}

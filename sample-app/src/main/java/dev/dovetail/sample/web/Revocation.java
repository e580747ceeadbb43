package dev.dovetail.sample.web;

import jakarta.validation.constraints.NotBlank;

/** What one says to take an assertion back. */
record Revocation(@NotBlank @PlainText(max = 2000) String reason) {}

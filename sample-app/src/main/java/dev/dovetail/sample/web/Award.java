package dev.dovetail.sample.web;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.validator.constraints.URL;
import org.jspecify.annotations.Nullable;

/** What one says to award a badge. */
record Award(
        @NotNull UUID badgeId,
        @NotBlank @Email @PlainText(max = 254) String recipient,

        @PlainText(max = 2000) @URL(regexp = "https?://.+") @Nullable
        String evidence,

        @Future @FourDigitYear @Nullable Instant expiresAt) {}

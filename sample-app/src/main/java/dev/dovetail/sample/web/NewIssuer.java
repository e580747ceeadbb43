package dev.dovetail.sample.web;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import org.hibernate.validator.constraints.URL;
import org.jspecify.annotations.Nullable;

/** What one says to register an issuer. */
record NewIssuer(
        @NotBlank @PlainText(max = 200) String name,

        @NotBlank @PlainText(max = 2000) @URL(regexp = "https?://.+")
        String url,

        @Email @PlainText(max = 254) @Nullable String email) {}

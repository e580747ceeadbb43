/** What the registry keeps: issuers, badges, and assertions that somebody holds a badge. */
@NullMarked
package dev.dovetail.sample.domain;

import org.jspecify.annotations.NullMarked;

/** A badge registry after Open Badges: issuers define badges and award them to people. */
@NullMarked
package dev.dovetail.sample;

import org.jspecify.annotations.NullMarked;

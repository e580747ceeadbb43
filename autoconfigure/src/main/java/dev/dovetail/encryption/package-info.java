/** What is unreadable at rest, and the keys to it. */
@NullMarked
package dev.dovetail.encryption;

import org.jspecify.annotations.NullMarked;

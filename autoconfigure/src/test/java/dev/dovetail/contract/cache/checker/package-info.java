/**
 * Whether a cached read is ever older than the last commit that had returned, or than what anybody had seen, before it began:
 * writers of every kind against readers of every kind, on a real engine.
 */
@NullMarked
package dev.dovetail.contract.cache.checker;

import org.jspecify.annotations.NullMarked;

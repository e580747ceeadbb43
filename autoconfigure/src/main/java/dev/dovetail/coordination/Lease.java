package dev.dovetail.coordination;

/**
 * The right to do alone what only one instance may do, until it expires.
 *
 * @param name of what may be done
 * @param token greater than that of everybody who had the right before, so that what is written late can be told from it
 */
public record Lease(String name, long token) {}

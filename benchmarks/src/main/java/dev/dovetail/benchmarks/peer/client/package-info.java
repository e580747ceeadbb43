/** Spring's {@code JdbcClient}. */
@NullMarked
package dev.dovetail.benchmarks.peer.client;

import org.jspecify.annotations.NullMarked;

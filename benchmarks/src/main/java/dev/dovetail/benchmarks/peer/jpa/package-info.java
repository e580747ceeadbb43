/** Spring Data JPA with Hibernate. */
@NullMarked
package dev.dovetail.benchmarks.peer.jpa;

import org.jspecify.annotations.NullMarked;

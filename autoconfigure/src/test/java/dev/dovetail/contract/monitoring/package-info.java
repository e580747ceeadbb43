/** What is seen of statements, on each engine. */
@NullMarked
package dev.dovetail.contract.monitoring;

import org.jspecify.annotations.NullMarked;

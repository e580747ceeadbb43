/** A database that others made for each engine, used as an application would that did not make it. */
@NullMarked
package dev.dovetail.contract.chinook;

import org.jspecify.annotations.NullMarked;

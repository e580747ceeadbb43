/** The command line: what an operator does with the database without starting the application. */
@NullMarked
package dev.dovetail.command;

import org.jspecify.annotations.NullMarked;

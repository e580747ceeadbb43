/** What the tests of an application on Dovetail need: a real PostgreSQL, with or without Docker. */
@NullMarked
package dev.dovetail.test;

import org.jspecify.annotations.NullMarked;

/** Tests of the words in which a database is described. */
@NullMarked
package dev.dovetail.engine;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.dovetail.sql;

import org.jspecify.annotations.NullMarked;

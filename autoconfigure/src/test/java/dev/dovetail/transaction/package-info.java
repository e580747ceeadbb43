@NullMarked
package dev.dovetail.transaction;

import org.jspecify.annotations.NullMarked;

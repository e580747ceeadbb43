@NullMarked
package dev.dovetail.coordination;

import org.jspecify.annotations.NullMarked;

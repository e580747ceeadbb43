@NullMarked
package dev.dovetail.cache;

import org.jspecify.annotations.NullMarked;

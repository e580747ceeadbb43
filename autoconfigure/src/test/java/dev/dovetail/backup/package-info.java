@NullMarked
package dev.dovetail.backup;

import org.jspecify.annotations.NullMarked;

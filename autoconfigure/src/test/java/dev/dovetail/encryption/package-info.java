@NullMarked
package dev.dovetail.encryption;

import org.jspecify.annotations.NullMarked;

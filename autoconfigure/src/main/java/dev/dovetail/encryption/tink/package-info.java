/** Google Tink, where it is on the class path. */
@NullMarked
package dev.dovetail.encryption.tink;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.dovetail.contract.health;

import org.jspecify.annotations.NullMarked;

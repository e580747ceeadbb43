@NullMarked
package dev.dovetail.monitoring.health;

import org.jspecify.annotations.NullMarked;

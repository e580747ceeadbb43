@NullMarked
package dev.dovetail.monitoring.alert;

import org.jspecify.annotations.NullMarked;

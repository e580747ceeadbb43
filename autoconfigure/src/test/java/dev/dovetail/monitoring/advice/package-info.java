@NullMarked
package dev.dovetail.monitoring.advice;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.dovetail.command;

import org.jspecify.annotations.NullMarked;

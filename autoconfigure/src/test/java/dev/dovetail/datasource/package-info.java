@NullMarked
package dev.dovetail.datasource;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.dovetail.web;

import org.jspecify.annotations.NullMarked;

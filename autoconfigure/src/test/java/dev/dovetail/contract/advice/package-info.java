/** Advice, and that nothing is advised where nothing is wrong. */
@NullMarked
package dev.dovetail.contract.advice;

import org.jspecify.annotations.NullMarked;

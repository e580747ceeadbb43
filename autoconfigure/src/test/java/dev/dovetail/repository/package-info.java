/** Tests of what repositories need beside Spring Data. */
@NullMarked
package dev.dovetail.repository;

import org.jspecify.annotations.NullMarked;

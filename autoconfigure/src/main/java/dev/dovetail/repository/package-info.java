/** Spring Data JDBC on both engines. */
@NullMarked
package dev.dovetail.repository;

import org.jspecify.annotations.NullMarked;

/** What Spring Data JDBC offers, the same on both engines. */
@NullMarked
package dev.dovetail.contract.repository;

import org.jspecify.annotations.NullMarked;

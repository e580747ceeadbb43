/** JDBC objects that pass every call on: what the data source's own connections, statements and results extend. */
@NullMarked
package dev.dovetail.datasource.delegating;

import org.jspecify.annotations.NullMarked;

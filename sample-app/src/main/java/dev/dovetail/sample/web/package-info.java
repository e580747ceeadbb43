/** The registry over HTTP: JSON in and out, problem details (RFC 9457) for everything that is refused. */
@NullMarked
package dev.dovetail.sample.web;

import org.jspecify.annotations.NullMarked;

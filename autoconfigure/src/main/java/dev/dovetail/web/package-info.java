/** What a web application answers when the database refuses or does not answer. */
@NullMarked
package dev.dovetail.web;

import org.jspecify.annotations.NullMarked;

/** What a web application answers, from one source on both engines. */
@NullMarked
package dev.dovetail.contract.web;

import org.jspecify.annotations.NullMarked;

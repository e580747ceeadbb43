/**
 * What both engines promise, tested once for each of them from one source. An engine is a constant of
 * {@link dev.dovetail.contract.TestEngine}; a contract is a class annotated with
 * {@link dev.dovetail.contract.EngineContract}.
 */
@NullMarked
package dev.dovetail.contract;

import org.jspecify.annotations.NullMarked;

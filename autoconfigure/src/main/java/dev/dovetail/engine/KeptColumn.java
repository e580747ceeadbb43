package dev.dovetail.engine;

/**
 * A column of an index that the engine writes anew whenever an UPDATE sets the column, be it to the value that it has.
 *
 * @param name of the column
 * @param isUnchanged the condition that setting it to the value bound in it would change nothing of what is stored, in no way
 */
public record KeptColumn(String name, String isUnchanged) {}

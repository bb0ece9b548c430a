package io.trakx.netty.persistence;

/**
 * What was found at a look at the database, which changed nothing.
 *
 * @param database product and version
 * @param schemaVersion of the last migration that was run, "none" before the first
 * @param pendingMigrations how many the next start will run
 */
public record DatabaseReport(String database, String schemaVersion, int pendingMigrations) {}

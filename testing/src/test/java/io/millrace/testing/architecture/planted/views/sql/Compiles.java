package io.millrace.testing.architecture.planted.views.sql;

/** What may be known in its own package alone. */
public final class Compiles {}

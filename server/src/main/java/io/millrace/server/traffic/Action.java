package io.millrace.server.traffic;

/**
 * One thing that a visitor does: looking at a page, or something on it.
 *
 * @param name of what was done on the page; empty for looking at it
 * @param query of the page's URL, or empty
 * @param referrer a URL, or empty
 */
record Action(Visitor visitor, SitePage page, String name, String query, String referrer) {}

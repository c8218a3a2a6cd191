package io.millrace.server.traffic;

/**
 * A page of the simulated site.
 *
 * @param price in euros, 0 for what is no product
 */
record SitePage(PageKind kind, String path, String title, int price) {}

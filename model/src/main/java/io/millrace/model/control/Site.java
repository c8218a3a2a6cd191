package io.millrace.model.control;

import io.millrace.model.SiteId;

/**
 * A property that clicks are collected for.
 *
 * @param name for people
 */
public record Site(SiteId id, String name) {}

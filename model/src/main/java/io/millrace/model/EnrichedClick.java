package io.millrace.model;

/** A counted event with what was found out about it: a record of the topic enriched-clicks. */
public record EnrichedClick(ClickEvent click, Enrichment enrichment) {}

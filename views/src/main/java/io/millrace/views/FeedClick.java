package io.millrace.views;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.Outcome;
import java.util.Optional;

/**
 * A click as the live feed shows it.
 *
 * @param enrichment of counted clicks only
 * @param reason why it is not counted; empty when it is
 */
public record FeedClick(
    ClickEvent event, Optional<Enrichment> enrichment, Outcome outcome, String reason) {}

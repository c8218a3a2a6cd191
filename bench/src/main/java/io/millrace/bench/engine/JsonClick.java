package io.millrace.bench.engine;

import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.SiteId;
import io.millrace.model.VisitorId;

/**
 * A click as the article's programs read it: what {@link Clicks} makes, with the same texts as in
 * Avro.
 *
 * @param time in milliseconds since 1970
 */
record JsonClick(
    String id,
    String site,
    String visitor,
    String url,
    String referrer,
    String title,
    String agent,
    String address,
    String language,
    String screen,
    long time) {

  static JsonClick of(ClickEvent event) {
    return new JsonClick(
        event.id(),
        event.site().value(),
        event.visitor().value(),
        event.url(),
        event.referrer(),
        event.title(),
        event.agent(),
        event.address(),
        event.language(),
        event.screen(),
        event.time());
  }

  ClickEvent toEvent() {
    return new ClickEvent(
        id,
        new SiteId(site),
        new VisitorId(visitor),
        EventType.PAGE,
        "",
        url,
        referrer,
        title,
        "",
        "",
        time,
        time,
        time,
        time,
        address,
        agent,
        language,
        screen,
        "",
        false);
  }

  EnrichedJsonClick enriched() {
    return new EnrichedJsonClick(
        id,
        site,
        visitor,
        url,
        referrer,
        title,
        agent,
        address,
        language,
        screen,
        time,
        SimpleRules.path(url),
        SimpleRules.country(language),
        SimpleRules.device(agent),
        SimpleRules.browser(agent),
        SimpleRules.host(referrer));
  }
}

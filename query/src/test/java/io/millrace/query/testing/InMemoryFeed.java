package io.millrace.query.testing;

import io.millrace.model.SiteId;
import io.millrace.views.ClickFeed;
import io.millrace.views.FeedClick;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Hands on what a test publishes. */
public final class InMemoryFeed implements ClickFeed {
  private final Map<Object, Subscriber> subscribers = new ConcurrentHashMap<>();

  public void publish(FeedClick click) {
    subscribers.values().stream()
        .filter(subscriber -> subscriber.site.equals(click.event().site()))
        .forEach(subscriber -> subscriber.receiver.accept(click));
  }

  public int subscriptions() {
    return subscribers.size();
  }

  @Override
  public Subscription subscribe(SiteId site, Consumer<FeedClick> receiver) {
    var subscription = new Object();
    subscribers.put(subscription, new Subscriber(site, receiver));
    return () -> subscribers.remove(subscription);
  }

  private record Subscriber(SiteId site, Consumer<FeedClick> receiver) {}
}

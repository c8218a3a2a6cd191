package io.millrace.testing.harness;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.streams.judge.BotFinding;
import io.millrace.streams.judge.BotRule;
import io.millrace.streams.judge.ClickEnricher;
import java.net.URI;
import java.util.Optional;

/**
 * Takes what others look up from the event's own texts, so that it takes no time to load and a test
 * can say what comes out: country from the language, device from the screen, browser from the
 * agent, operating system from the title, {@code medium/source} from the referrer, {@code
 * source/medium/campaign} from the user's id.
 */
public final class FieldEnricher implements ClickEnricher {
  /** The agent of events that are a bot's. */
  public static final String ROBOT = "robot";

  @Override
  public Enrichment enrich(ClickEvent event) {
    URI url = URI.create(event.url());
    return new Enrichment(
        url.getHost(),
        url.getPath(),
        event.language(),
        event.screen(),
        event.agent(),
        event.title(),
        "",
        part(event.referrer(), 0),
        part(event.referrer(), 1),
        part(event.userId(), 0),
        part(event.userId(), 1),
        part(event.userId(), 2),
        "",
        "");
  }

  /** One of the parts between slashes; empty where there are fewer. */
  static String part(String text, int index) {
    String[] parts = text.split("/", -1);
    return index < parts.length ? parts[index] : "";
  }

  @Override
  public Optional<BotFinding> bot(ClickEvent event) {
    return event.agent().equals(ROBOT)
        ? Optional.of(new BotFinding(BotRule.AGENT_LIST, ROBOT))
        : Optional.empty();
  }
}

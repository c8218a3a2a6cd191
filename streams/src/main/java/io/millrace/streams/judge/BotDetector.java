package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import java.util.Optional;

/** Tells programs from people. */
public interface BotDetector {

  /**
   * The rule by which an event was sent by a program, as a short phrase; empty when it seems to be
   * from a person.
   */
  Optional<String> botRule(ClickEvent event);
}

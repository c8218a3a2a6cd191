package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import java.util.Optional;

/** Tells programs from people. */
public interface BotDetector {

  /** The program that sent an event, or why it must be one; empty when a person seems to have. */
  Optional<String> bot(ClickEvent event);
}

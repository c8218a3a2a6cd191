package io.millrace.streams.judge;

import io.millrace.model.ClickEvent;
import java.util.Optional;

/** Tells programs from people. */
public interface BotDetector {

  /** Why an event must be a program's; empty when a person seems to have sent it. */
  Optional<BotFinding> bot(ClickEvent event);
}

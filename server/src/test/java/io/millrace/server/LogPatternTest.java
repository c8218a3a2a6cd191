package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.w3c.dom.Element;

/** Nobody writes lines into the log by what they send: neither to its file nor to a terminal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogPatternTest {
  private static final String FORGED =
      "x\r\n2026-11-01T12:00:00.000+00:00 ERROR Audit forged\u001b[2J\u0007\u202egnp.exe\u2028y\u0000\u0085";

  private final List<PatternLayout> layouts = new ArrayList<>();

  @BeforeAll
  void readTheConfiguration() throws Exception {
    try (InputStream in = LogPatternTest.class.getResourceAsStream("/log4j2.xml")) {
      var elements =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(in)
              .getElementsByTagName("PatternLayout");
      for (int i = 0; i < elements.getLength(); i++) {
        var element = (Element) elements.item(i);
        layouts.add(
            PatternLayout.newBuilder()
                .setPattern(element.getAttribute("pattern"))
                .setAlwaysWriteExceptions(
                    Boolean.parseBoolean(element.getAttribute("alwaysWriteExceptions")))
                .build());
      }
    }
    assertThat(layouts).hasSize(2);
  }

  @Test
  void aMessageIsOneLineWhateverItHolds() {
    for (PatternLayout layout : layouts) {
      String line = layout.toSerializable(event(FORGED, "", null));

      assertThat(line).contains("forged").endsWith("\n");
      assertThat(line.substring(0, line.length() - 1))
          .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
    }
  }

  @Test
  void aValueIsOnTheLineOfItsMessage() {
    for (PatternLayout layout : layouts) {
      String line = layout.toSerializable(event("plain", FORGED, null));

      assertThat(line).contains("plain {key=x").endsWith("\n");
      assertThat(line.substring(0, line.length() - 1))
          .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
    }
  }

  @Test
  void ofAnExceptionOnlyTheStackBeginsLines() {
    var failure = new IllegalStateException(FORGED, new IllegalArgumentException(FORGED));
    failure.addSuppressed(new IllegalStateException(FORGED));
    for (PatternLayout layout : layouts) {
      String text = layout.toSerializable(event("plain", "", failure));

      assertThat(text).contains("forged");
      assertThat(text.lines().skip(1))
          .allMatch(
              line ->
                  line.matches(
                      "(\\s+at |\\s+\\.\\.\\. |\\s*Caused by: |\\s+Suppressed: |java\\.).*"));
      assertThat(text.replaceAll("[\\n\\t]", "")).doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
    }
    assertThat(layouts.getLast().toSerializable(event("plain", "", failure)))
        .contains("\nCaused by: ")
        .contains("\tat io.millrace.server.LogPatternTest");
  }

  private static Log4jLogEvent event(String message, String value, Throwable failure) {
    var values = new SortedArrayStringMap();
    if (!value.isEmpty()) {
      values.putValue("key", value);
    }
    return Log4jLogEvent.newBuilder()
        .setLoggerName("io.millrace.Test")
        .setLevel(Level.WARN)
        .setMessage(new SimpleMessage(message))
        .setContextData(values)
        .setThrown(failure)
        .build();
  }
}

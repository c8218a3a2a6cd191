package io.millrace.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLineParserTest {
  private static final String BEFORE = "192.0.2.7 - - [17/May/2015:10:05:03 +0200] ";
  private static final String AFTER = " 200 12 \"-\" \"Mozilla/5.0\"";

  private final LogLineParser combined = new LogLineParser(LogFormat.COMBINED);
  private final LogLineParser common = new LogLineParser(LogFormat.COMMON);

  @Test
  void readsEveryFieldOfACombinedLine() {
    LogLine line =
        combined.parse(
            bytes(
                "192.0.2.7 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a.gif?x=1 HTTP/1.0\" 200 2326"
                    + " \"http://www.example.com/start.html\" \"Mozilla/4.08 [en] (Win98; I ;Nav)\""));

    assertThat(line)
        .isEqualTo(
            new LogLine.Request(
                "192.0.2.7",
                Instant.parse("2000-10-10T20:55:36Z"),
                "GET",
                "/a.gif?x=1",
                "HTTP/1.0",
                200,
                2326,
                "http://www.example.com/start.html",
                "Mozilla/4.08 [en] (Win98; I ;Nav)"));
  }

  @Test
  void readsACommonLineAndIgnoresWhatFollows() {
    assertThat(common.parse(bytes(BEFORE + "\"GET / HTTP/1.1\" 304 -")))
        .isInstanceOfSatisfying(
            LogLine.Request.class,
            request -> {
              assertThat(request.bytes()).isZero();
              assertThat(request.agent()).isEmpty();
            });
    assertThat(common.parse(bytes(BEFORE + "\"GET / HTTP/1.1\"" + AFTER)))
        .isInstanceOf(LogLine.Request.class);
  }

  @Test
  void takesADashForAbsent() {
    assertThat(request("\"GET / HTTP/1.1\"").referrer()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "GET / HTTP/1.1                  ; GET     ; /                     ; HTTP/1.1",
        "GET /                           ; GET     ; /                     ; ''",
        "GET HTTP/1.1                    ; GET     ; ''                    ; HTTP/1.1",
        "GET  HTTP/1.1                   ; GET     ; ''                    ; HTTP/1.1",
        "GET /two words HTTP/1.1         ; GET     ; /two%20words          ; HTTP/1.1",
        "GET http://other.example/x HTTP/1.1; GET  ; http://other.example/x; HTTP/1.1",
        "OPTIONS * HTTP/1.0              ; OPTIONS ; *                     ; HTTP/1.0",
        "CONNECT mail.example:25 HTTP/1.1; CONNECT ; mail.example:25       ; HTTP/1.1",
        "-                               ; ''      ; ''                    ; ''",
        "''                              ; ''      ; ''                    ; ''",
        "\\x16\\x03\\x01                 ; ''      ; %16%03%01             ; ''",
        "GET /a\\\"b\\\\c HTTP/1.1       ; GET     ; /a%22b%5Cc            ; HTTP/1.1",
        "GET /x\\x41\\x7f\\xzz HTTP/1.1  ; GET     ; /xA%7F%5Cxzz          ; HTTP/1.1",
        "GET /?q={a|b}^~<c> HTTP/1.1     ; GET     ; /?q={a|b}^~<c>        ; HTTP/1.1",
        "GET /%E2%82%AC HTTP/1.1         ; GET     ; /%E2%82%AC            ; HTTP/1.1",
      })
  void readsRequestsHoweverOdd(String line, String method, String target, String protocol) {
    LogLine.Request request = request('"' + line + '"');

    assertThat(request.method()).isEqualTo(method);
    assertThat(request.target()).isEqualTo(target);
    assertThat(request.protocol()).isEqualTo(protocol);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "192.0.2.7",
    "2001:db8::1",
    "::1",
    "::ffff:192.0.2.7",
    "crawler-66-249.example.com",
    "localhost"
  })
  void takesAddressesAndHostNames(String address) {
    String line = BEFORE.replace("192.0.2.7", address) + "\"GET / HTTP/1.1\"" + AFTER;

    assertThat(combined.parse(bytes(line)))
        .isInstanceOfSatisfying(
            LogLine.Request.class, request -> assertThat(request.address()).isEqualTo(address));
  }

  @Test
  void readsTextThatIsNotUnicodeByteForByte() {
    byte[] line =
        (BEFORE + "\"GET /\u00e9 HTTP/1.1\" 200 1 \"http://\\xe4.example/\" \"b\u00f6se\"")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(combined.parse(line))
        .isInstanceOfSatisfying(
            LogLine.Request.class,
            request -> {
              assertThat(request.target()).isEqualTo("/%E9");
              assertThat(request.referrer()).isEqualTo("http://\u00e4.example/");
              assertThat(request.agent()).isEqualTo("b\u00f6se");
            });
  }

  @Test
  void readsUnicodeAsUnicode() {
    LogLine line =
        combined.parse(bytes(BEFORE + "\"GET / HTTP/1.1\" 200 1 \"-\" \"b\u00f6se \u20ac\""));

    assertThat(line)
        .isInstanceOfSatisfying(
            LogLine.Request.class,
            request -> assertThat(request.agent()).isEqualTo("b\u00f6se \u20ac"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "''|the line is empty",
        "192.0.2.7|the identity is missing",
        "192.0.2.7 - -|no time in brackets follows the user",
        "192.0.2.7 [17/May/2015:10:05:03 +0000] \"GET /\" 200 1|no time in brackets follows the user",
        "shop.example:80 192.0.2.7 - [17/May/2015:10:05:03 +0000] \"GET /\" 200 1|the first field is neither an IP address nor a host name",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000|the line ends inside the time",
        "192.0.2.7 - - [2015-05-17T10:05:03Z] \"GET /\" 200 1|the time is not of the form 17/May/2015:10:05:03 +0000",
        "192.0.2.7 - - [31/Feb/2015:10:05:03 +0000] \"GET /\" 200 1|the time is not of the form 17/May/2015:10:05:03 +0000",
        "192.0.2.7 - - [17/Mai/2015:10:05:03 +0000] \"GET /\" 200 1|the time is not of the form 17/May/2015:10:05:03 +0000",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] GET / 200 1|the request is not in quotes",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1|the request has no closing quote: the line ends inside it",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /\"200 1|no space follows the request",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /\"|the status is missing",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /\" 20 1|the status is not a number of three digits",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /\" 200|the number of bytes is missing",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 x|the number of bytes is neither a number nor -",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 1|the referrer is not in quotes",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 1 \"-\"|the user agent is not in quotes",
        "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 1 \"-\" \"Moz\\\"|the user agent has no closing quote: the line ends inside it",
      })
  void saysWhatIsWrongWithALine(String line, String reason) {
    assertThat(combined.parse(bytes(line))).isEqualTo(new LogLine.Malformed(reason));
  }

  @Test
  void callsALineTooLongThatWasCutOff() {
    assertThat(combined.parse(new RawLine(1, new byte[10], false)))
        .isEqualTo(new LogLine.Malformed("the line is longer than 65,536 bytes"));
  }

  @Test
  void namesNothingPersonalInItsText() {
    assertThat(request("\"GET / HTTP/1.1\"").toString()).doesNotContain("192.0.2.7", "Mozilla");
  }

  @Test
  void wantsAFormatThatIsDecided() {
    assertThatThrownBy(() -> new LogLineParser(LogFormat.AUTO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private LogLine.Request request(String quoted) {
    return (LogLine.Request) combined.parse(bytes(BEFORE + quoted + AFTER));
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8);
  }
}

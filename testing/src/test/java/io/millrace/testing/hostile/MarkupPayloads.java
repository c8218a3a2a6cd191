package io.millrace.testing.hostile;

import java.util.List;

/** Texts that run a script, {@code window.hacked = …}, wherever they become markup. */
final class MarkupPayloads {
  private static final List<String> TEMPLATES =
      List.of(
          "<script>window.hacked=%d</script>",
          "<img src=x onerror=window.hacked=%d>",
          "\"><svg onload=window.hacked=%d>",
          "' onmouseover='window.hacked=%d' autofocus onfocus='window.hacked=%d",
          "</title><script>window.hacked=%d</script>",
          "</textarea><iframe srcdoc=\"<script>parent.hacked=%d</script>\">",
          "javascript:window.hacked=%d",
          "<a href=javascript:window.hacked=%d>click</a>",
          "<details open ontoggle=window.hacked=%d>",
          "--><!--><script>window.hacked=%d</script>",
          "{{constructor.constructor('window.hacked=%d')()}}",
          "${window.hacked=%d}",
          "<style>@import 'javascript:window.hacked=%d'</style>",
          "<math><mtext></mtext><script>window.hacked=%d</script></math>",
          "&lt;script&gt;window.hacked=%d&lt;/script&gt;",
          "\u202e<b onclick=window.hacked=%d>gnp</b>");

  private MarkupPayloads() {}

  static List<String> all() {
    var numbered = new java.util.ArrayList<String>();
    for (int i = 0; i < TEMPLATES.size(); i++) {
      numbered.add(TEMPLATES.get(i).replace("%d", Integer.toString(i + 1)));
    }
    return List.copyOf(numbered);
  }
}

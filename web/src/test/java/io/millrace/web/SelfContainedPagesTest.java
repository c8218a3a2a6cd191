package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages load nothing from another host and hold nothing that a strict content security policy
 * forbids: they must work on a machine without a way out, and must not tell anyone that they do.
 */
class SelfContainedPagesTest {
  private static final Path PAGES = Path.of("src/main/resources/io/millrace/web");
  private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

  private static final Pattern OTHER_HOST = Pattern.compile("https?://|[\"'(=]//");
  private static final Pattern INLINE_CODE =
      Pattern.compile(
          "<style|\\sstyle=|\\son[a-z]+\\s*=\\s*[\"']|<script>|javascript:|\\beval\\(|new Function"
              + "|innerHTML|insertAdjacentHTML|document\\.write");

  @ParameterizedTest
  @MethodSource("ownFiles")
  void refersToNoOtherHost(Path file) throws IOException {
    assertThat(OTHER_HOST.matcher(contentOf(file)).find()).as("another host in %s", file).isFalse();
  }

  @ParameterizedTest
  @MethodSource("ownFiles")
  void holdsNothingInline(Path file) throws IOException {
    assertThat(INLINE_CODE.matcher(contentOf(file)).find()).as("inline code in %s", file).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<script src=\"//cdn.example/x.js\">", "fetch('https://cdn.example')", "url(//x)"})
  void wouldFindAnotherHost(String planted) {
    assertThat(OTHER_HOST.matcher(planted).find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<p style=\"color: red\">", "<b onclick='x()'>", "node.innerHTML = title"})
  void wouldFindInlineCode(String planted) {
    assertThat(INLINE_CODE.matcher(planted).find()).isTrue();
  }

  @Test
  void namesTheLicenceBesideEachVendoredFile() {
    assertThat(PAGES.resolve("dashboard/vendor"))
        .isDirectoryContaining("glob:**uPlot-LICENSE.txt")
        .isDirectoryContaining("glob:**world-atlas-LICENSE.txt");
  }

  static List<Path> ownFiles() throws IOException {
    try (Stream<Path> files = Files.walk(PAGES)) {
      var own =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains("vendor"))
              .filter(file -> file.toString().matches(".*\\.(html|css|js|svg|json)"))
              .toList();
      assertThat(own).hasSizeGreaterThan(20);
      return own;
    }
  }

  private static String contentOf(Path file) throws IOException {
    return Files.readString(file).replace(SVG_NAMESPACE, "");
  }
}

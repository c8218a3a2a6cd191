import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Checks or applies google-java-format to every Java file of the project. A program of its own because the formatter must
 * run on the JDK that knows the language level, which need not be the one Maven runs on.
 */
public final class Format {

  public static void main(String[] arguments) throws Exception {
    boolean apply = arguments[0].equals("apply");
    Path root = Path.of(arguments[1]);
    List<Path> files;
    try (var walk = Files.walk(root)) {
      files = walk.filter(file -> isSource(root.relativize(file))).toList();
    }
    var options = JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build();
    var different = new ConcurrentLinkedQueue<Path>();
    files.parallelStream()
        .forEach(
            file -> {
              try {
                String text = Files.readString(file);
                String ordered =
                    ImportOrderer.reorderImports(
                        RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
                String formatted = new Formatter(options).formatSource(ordered);
                if (formatted.equals(text)) {
                  return;
                }
                different.add(root.relativize(file));
                if (apply) {
                  Files.writeString(file, formatted);
                }
              } catch (Exception failure) {
                System.err.println(file + ": " + failure.getMessage());
                different.add(root.relativize(file));
              }
            });
    if (apply) {
      System.out.println("Formatted " + different.size() + " of " + files.size() + " files.");
    } else if (!different.isEmpty()) {
      different.stream().sorted().forEach(file -> System.err.println("not formatted: " + file));
      System.err.println("Run: mvn -N validate -Dformat.mode=apply");
      System.exit(1);
    }
  }

  private static boolean isSource(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && path.contains("src/") && !path.contains("target/");
  }
}

package io.millrace.server.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.Topic;
import io.millrace.ops.Cluster;
import io.millrace.ops.RowWriter;
import io.millrace.streams.StreamsSettings;
import io.millrace.views.ViewCatalog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace load}: writes the rows of a file to the topic of a reference table. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Writes rows to the topic of a reference table, which CREATE TABLE … WITH (format = 'json') reads.",
      "The file has a JSON object a line. One that has its key alone deletes the row of that key. The topic is"
          + " made if there is none; rows that it has and the file has not stay."
    },
    footerHeading = "%nExample:%n",
    footer = {"  millrace load --topic shop-products --key path products.ndjson"})
public final class LoadCommand implements Callable<Integer> {
  /** Nothing of a line is lost: no digits, no second object, no second field of a name. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  /** What a table refuses to read would only be written in vain. */
  private static final int LONGEST_LINE = 64 << 10;

  private static final List<String> OURS =
      Stream.concat(
              Arrays.stream(Topic.values()).map(Topic::localName),
              ViewCatalog.builtIn().plans().stream().flatMap(plan -> plan.topic().stream()))
          .toList();

  @Parameters(paramLabel = "FILE", description = "A JSON object a line, in UTF-8.")
  private @Nullable Path file;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      required = true,
      description = "Where to write. A topic that is there must be compacted.")
  private String topic = "";

  @Option(
      names = "--key",
      paramLabel = "FIELD",
      required = true,
      description = "The field that is the primary key of the table, a text or whole number.")
  private String key = "";

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of a topic that is made. Default: ${DEFAULT-VALUE}.")
  private short replicationFactor;

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path rows = Objects.requireNonNull(file, "FILE is required");
    if (!TOPIC.matcher(topic).matches()) {
      throw bad("--topic: '" + topic + "' is no name of a topic");
    }
    if (OURS.contains(topic)
        || topic.startsWith(StreamsSettings.applicationId(kafka.namespace()))) {
      throw bad("--topic: '" + topic + "' is Millrace's own");
    }
    if (replicationFactor < 1) {
      throw bad("--replication-factor: expected at least 1, got " + replicationFactor);
    }
    if (!Files.isRegularFile(rows)) {
      throw bad("there is no file " + rows);
    }
    try (Cluster cluster = Cluster.connect(kafka.connection());
        RowWriter writer = RowWriter.open(cluster, topic, replicationFactor);
        BufferedReader lines = Files.newBufferedReader(rows)) {
      long written = 0;
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          write(line, number, writer);
          written++;
        }
      }
      writer.flush();
      print(written);
    }
    return 0;
  }

  private void write(String line, long number, RowWriter writer) {
    if (line.getBytes(StandardCharsets.UTF_8).length > LONGEST_LINE) {
      throw wrong(number, "a row has at most 64 KiB");
    }
    if (!(parsed(line, number) instanceof ObjectNode row)) {
      throw wrong(number, "expected a JSON object");
    }
    JsonNode value = row.remove(key);
    if (value == null || !(value.isTextual() || value.isIntegralNumber())) {
      throw wrong(number, "the field " + key + " is missing, or no text and no whole number");
    }
    writer.write(value.asText(), row.isEmpty() ? Optional.empty() : Optional.of(row.toString()));
  }

  private JsonNode parsed(String line, long number) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException malformed) {
      throw wrong(number, "no JSON: " + malformed.getOriginalMessage());
    }
  }

  private void print(long written) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%,d rows written to %s.%n", written, topic);
    out.flush();
  }

  private ParameterException wrong(long line, String message) {
    return bad(file + ", line " + line + ": " + message + "; the rows before it are written");
  }

  private ParameterException bad(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

package io.millrace.server.report;

import io.millrace.ops.AccessControl;
import io.millrace.ops.AccessRole;
import io.millrace.ops.Grant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** What users may do in Kafka, as text. Pure. */
public final class AccessReport {
  private static final String GAP = "  ";

  private AccessReport() {}

  /** One role's lines, to read. */
  public static String table(AccessRole role, String principal, List<Grant> grants) {
    List<List<String>> rows = new ArrayList<>();
    for (Grant grant : grants) {
      rows.add(
          List.of(
              kind(grant.resource().resourceType()),
              name(grant.resource()),
              SecurityUtils.operationName(grant.operation()),
              grant.ability()));
    }
    return "%s (%s), lines: %d%n%s%n".formatted(role, principal, grants.size(), aligned(rows));
  }

  /**
   * The same as commands of Kafka's own tool, which find the cluster in two variables of the shell.
   * What differs by its name alone shares a command: each starts a virtual machine and logs in.
   */
  public static String commands(String principal, List<Grant> grants) {
    Map<Alike, List<String>> names = new LinkedHashMap<>();
    for (Grant grant : grants) {
      names
          .computeIfAbsent(Alike.of(grant), first -> new ArrayList<>())
          .add(grant.resource().name());
    }
    var text = new StringBuilder();
    names.forEach((alike, resources) -> text.append(command(principal, alike, resources)));
    return text.toString();
  }

  /** What lines have in common that one command can give. */
  private record Alike(ResourceType type, PatternType pattern, AclOperation operation) {
    static Alike of(Grant grant) {
      ResourcePattern resource = grant.resource();
      return new Alike(resource.resourceType(), resource.patternType(), grant.operation());
    }
  }

  private static String command(String principal, Alike alike, List<String> names) {
    String option = " --" + kind(alike.type()) + " '";
    return "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config \"$SETTINGS\" --add --allow-principal '"
        + principal
        + "' --operation "
        + SecurityUtils.operationName(alike.operation())
        + (alike.pattern() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "")
        + names.stream().map(name -> option + name + "'").collect(Collectors.joining())
        + "\n";
  }

  /** How a user's rights differ from what they should be. */
  public static String comparison(
      String principal, int expected, AccessControl.Comparison comparison) {
    if (comparison.isExact()) {
      return "%s: exactly its %d lines%n".formatted(principal, expected);
    }
    return "%s: differs%n".formatted(principal)
        + lines("missing", comparison.missing())
        + lines("more than needed", comparison.extra());
  }

  private static String lines(String what, Collection<AclBinding> bindings) {
    return bindings.stream()
        .map(
            binding ->
                "  %s: %s %s %s %s%n"
                    .formatted(
                        what,
                        SecurityUtils.permissionTypeName(binding.entry().permissionType()),
                        kind(binding.pattern().resourceType()),
                        SafeText.of(name(binding.pattern())),
                        SecurityUtils.operationName(binding.entry().operation())))
        .sorted(Comparator.naturalOrder())
        .collect(Collectors.joining());
  }

  private static String aligned(List<List<String>> rows) {
    int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        line.append(GAP).append(padded(rows, row, column));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String padded(List<List<String>> rows, List<String> row, int column) {
    int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
    String cell = row.get(column);
    return cell + " ".repeat(width - cell.length());
  }

  /** As the options of Kafka's own tool call it. */
  private static String kind(ResourceType type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String name(ResourcePattern resource) {
    return isPrefix(resource) ? resource.name() + "…" : resource.name();
  }

  private static boolean isPrefix(ResourcePattern resource) {
    return resource.patternType() == PatternType.PREFIXED;
  }
}

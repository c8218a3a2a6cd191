package io.millrace.server.report;

import io.millrace.model.control.ControlCommand;
import io.millrace.ops.ControlHistory;
import java.time.temporal.ChronoUnit;

/** A change of the topic control in a line, without secrets and their hashes. */
public final class ChangeText {
  private static final int LONGEST = 80;
  private static final int HASH_SHOWN = 8;

  private ChangeText() {}

  /** The time, who it is from, and what it is. */
  public static String of(ControlHistory.Entry entry) {
    return "%s  %s  %s"
        .formatted(
            entry.time().truncatedTo(ChronoUnit.SECONDS),
            SafeText.of(entry.by(), LONGEST),
            entry
                .what()
                .map(ChangeText::of)
                .map(what -> SafeText.of(what, 2 * LONGEST))
                .orElse("something that a newer version knows"));
  }

  private static String of(ControlCommand command) {
    return switch (command) {
      case ControlCommand.RegisterSite(var site, var name) -> "site " + site + " named " + name;
      case ControlCommand.ChangeInactivity(var site, var change) ->
          "site " + site + ": sessions end after " + change.inactivity();
      case ControlCommand.IssueKey(var hash, var site, var permissions) ->
          "write key " + part(hash) + " for " + site + " with " + permissions;
      case ControlCommand.LimitKey(var hash, var origins) ->
          "write key " + part(hash) + " on pages of " + origins;
      case ControlCommand.RevokeKey(var hash) -> "write key " + part(hash) + " revoked";
      case ControlCommand.IssueToken(var token) ->
          "token "
              + token.id()
              + " for "
              + token.name()
              + " as "
              + token.role().label()
              + token.sites().map(sites -> " of " + sites).orElse("");
      case ControlCommand.RevokeToken(var id) -> "token " + id + " revoked";
      case ControlCommand.DefineView(var view, var _, var _, var _) ->
          "view " + view.view() + " defined";
      case ControlCommand.SwapView(var view) -> "view " + view.view() + " swapped";
      case ControlCommand.DropView(var name) -> "view " + name + " dropped";
      case ControlCommand.NoteBackfill(var view, var state) ->
          "view " + view.view() + ": its past is " + state;
      case ControlCommand.DefineTable(var table, var _) -> "table " + table.table() + " defined";
      case ControlCommand.DropTable(var name) -> "table " + name + " dropped";
    };
  }

  private static String part(String hash) {
    return hash.substring(0, Math.min(HASH_SHOWN, hash.length()));
  }
}

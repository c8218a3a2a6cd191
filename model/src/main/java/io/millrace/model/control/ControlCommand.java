package io.millrace.model.control;

import io.millrace.model.SiteId;
import java.util.Set;

/** One record of the topic control. */
public sealed interface ControlCommand {

  /** The entity that the command is about; the record's key. */
  String entity();

  /** There is a site, or it has a new name. */
  record RegisterSite(SiteId site, String name) implements ControlCommand {
    @Override
    public String entity() {
      return "site/" + site.value();
    }
  }

  /** Sessions of a site end after another time of inactivity, for events from a time on. */
  record ChangeInactivity(SiteId site, InactivityChange change) implements ControlCommand {
    @Override
    public String entity() {
      return "site/" + site.value();
    }
  }

  /** The holder of the secret with this hash may write events of a site. */
  record IssueKey(String keyHash, SiteId site, Set<Permission> permissions)
      implements ControlCommand {
    public IssueKey {
      permissions = Set.copyOf(permissions);
    }

    @Override
    public String entity() {
      return "key/" + keyHash;
    }
  }

  /**
   * Browsers may use a key on pages of these origins alone; none for all. Comes before the key is
   * issued, so that there is no moment when it is worth more.
   */
  record LimitKey(String keyHash, Set<String> origins) implements ControlCommand {
    public LimitKey {
      origins = Set.copyOf(origins);
    }

    @Override
    public String entity() {
      return "key/" + keyHash;
    }
  }

  /** There is a token for asking. */
  record IssueToken(AccessToken token) implements ControlCommand {
    @Override
    public String entity() {
      return "token/" + token.id();
    }
  }

  /** The token with this id is worth nothing any longer. */
  record RevokeToken(String id) implements ControlCommand {
    @Override
    public String entity() {
      return "token/" + id;
    }
  }

  /** The holder of the secret with this hash may write no longer. */
  record RevokeKey(String keyHash) implements ControlCommand {
    @Override
    public String entity() {
      return "key/" + keyHash;
    }
  }

  /**
   * There is a view, in place of any of the same name.
   *
   * @param text what it is, in the language of definitions
   */
  record DefineView(ViewGeneration view, String text, ViewStart start, ViewSwap swap)
      implements ControlCommand {

    /** One that replaces its predecessor as soon as it is whole. */
    public DefineView(ViewGeneration view, String text, ViewStart start) {
      this(view, text, start, ViewSwap.WHEN_WHOLE);
    }

    @Override
    public String entity() {
      return "view/" + view.view();
    }
  }

  /** A view that waits to be told replaces its predecessor, at once or when it is whole. */
  record SwapView(ViewGeneration view) implements ControlCommand {
    @Override
    public String entity() {
      return "view/" + view.view();
    }
  }

  /** There is no view of this name any longer. */
  record DropView(String name) implements ControlCommand {
    @Override
    public String entity() {
      return "view/" + name;
    }
  }

  /** So far a view has its past. */
  record NoteBackfill(ViewGeneration view, BackfillState state) implements ControlCommand {
    @Override
    public String entity() {
      return "view/" + view.view();
    }
  }

  /**
   * There is a reference table, unless there is one of the same name already.
   *
   * @param text what it is, in the language of definitions
   */
  record DefineTable(TableGeneration table, String text) implements ControlCommand {
    @Override
    public String entity() {
      return "table/" + table.table();
    }
  }

  /** There is no reference table of this name any longer. Views that read it keep it. */
  record DropTable(String name) implements ControlCommand {
    @Override
    public String entity() {
      return "table/" + name;
    }
  }
}

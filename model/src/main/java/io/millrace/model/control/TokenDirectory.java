package io.millrace.model.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All tokens there are, as the commands of the topic control add up to. One thread applies
 * commands; any number may ask.
 *
 * <p>A token says its id, {@code mlr_ID_SECRET}, and is found by that; then the hashes are compared
 * in a time that does not depend on where they differ. So the time of an answer tells at most
 * whether there is such an id, which is no secret.
 */
public final class TokenDirectory {
  public static final String PREFIX = "mlr_";

  /** No token is as long, and hashing costs time. */
  private static final int LONGEST = 200;

  private final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();

  public void apply(ControlCommand command) {
    switch (command) {
      case ControlCommand.IssueToken(AccessToken token) -> tokens.put(token.id(), token);
      case ControlCommand.RevokeToken(String id) -> tokens.remove(id);
      case ControlCommand.RegisterSite _,
          ControlCommand.ChangeInactivity _,
          ControlCommand.IssueKey _,
          ControlCommand.LimitKey _,
          ControlCommand.RevokeKey _,
          ControlCommand.DefineView _,
          ControlCommand.SwapView _,
          ControlCommand.DropView _,
          ControlCommand.NoteBackfill _,
          ControlCommand.DefineTable _,
          ControlCommand.DropTable _ -> {}
    }
  }

  /** The token that this is, if there is one that is worth something at a time. */
  public Optional<AccessToken> find(String text, Instant now) {
    if (!text.startsWith(PREFIX) || text.length() > LONGEST) {
      return Optional.empty();
    }
    int end = text.indexOf('_', PREFIX.length());
    AccessToken token = end < 0 ? null : tokens.get(text.substring(PREFIX.length(), end));
    if (token == null || !isSame(token.hash(), WriteKey.hash(text)) || !token.isValidAt(now)) {
      return Optional.empty();
    }
    return Optional.of(token);
  }

  private static boolean isSame(String hash, String other) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  public Optional<AccessToken> token(String id) {
    return Optional.ofNullable(tokens.get(id));
  }

  /** All of them, by name, with those that have expired. */
  public List<AccessToken> tokens() {
    return tokens.values().stream()
        .sorted(Comparator.comparing(AccessToken::name).thenComparing(AccessToken::id))
        .toList();
  }
}

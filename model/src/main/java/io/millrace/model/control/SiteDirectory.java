package io.millrace.model.control;

import io.millrace.model.SiteId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * All sites and write keys there are, as the commands of the topic control add up to. One thread
 * applies commands; any number may ask.
 */
public final class SiteDirectory {
  private final Map<SiteId, Site> sites = new ConcurrentHashMap<>();
  private final Map<String, WriteKey> keysByHash = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> originsByHash = new ConcurrentHashMap<>();

  /**
   * Of each site in the order of the commands; a later command counts for all times from its own.
   */
  private final Map<SiteId, List<InactivityChange>> inactivities = new ConcurrentHashMap<>();

  public void apply(ControlCommand command) {
    switch (command) {
      case ControlCommand.RegisterSite(var site, var name) -> sites.put(site, new Site(site, name));
      case ControlCommand.ChangeInactivity(var site, var change) ->
          inactivities.merge(site, List.of(change), SiteDirectory::changed);
      case ControlCommand.IssueKey(var hash, var site, var permissions) ->
          keysByHash.put(hash, new WriteKey(site, permissions, originsOf(hash)));
      case ControlCommand.LimitKey(var hash, var origins) -> limit(hash, origins);
      case ControlCommand.RevokeKey(var hash) -> {
        keysByHash.remove(hash);
        originsByHash.remove(hash);
      }
      case ControlCommand.IssueToken _,
          ControlCommand.RevokeToken _,
          ControlCommand.DefineView _,
          ControlCommand.SwapView _,
          ControlCommand.DropView _,
          ControlCommand.NoteBackfill _,
          ControlCommand.DefineTable _,
          ControlCommand.DropTable _ -> {}
    }
  }

  private Set<String> originsOf(String keyHash) {
    return originsByHash.getOrDefault(keyHash, Set.of());
  }

  private void limit(String keyHash, Set<String> origins) {
    originsByHash.put(keyHash, origins);
    keysByHash.computeIfPresent(
        keyHash, (hash, key) -> new WriteKey(key.site(), key.permissions(), origins));
  }

  private static List<InactivityChange> changed(
      List<InactivityChange> former, List<InactivityChange> latest) {
    // A change that was to come into force later, or at the same time, never does.
    return Stream.concat(
            former.stream().filter(change -> change.from() < latest.getFirst().from()),
            latest.stream())
        .toList();
  }

  /**
   * How long visitors of a site may do nothing within a session, in milliseconds; asked for every
   * event.
   *
   * @param receivedTime when the event was received, in milliseconds since 1970
   * @param usual for a site of which nothing was said for that time
   */
  public long inactivityMillis(SiteId site, long receivedTime, long usual) {
    List<InactivityChange> changes = inactivities.get(site);
    if (changes != null) {
      for (int i = changes.size() - 1; i >= 0; i--) {
        if (receivedTime >= changes.get(i).from()) {
          return changes.get(i).inactivity().toMillis();
        }
      }
    }
    return usual;
  }

  /** What was said of the inactivity of a site, in the order of time. */
  public List<InactivityChange> inactivityChanges(SiteId site) {
    return inactivities.getOrDefault(site, List.of());
  }

  /** What the bearer of a secret may write; empty where nothing. */
  public Optional<WriteKey> keyOf(String secret) {
    return Optional.ofNullable(keysByHash.get(WriteKey.hash(secret)));
  }

  /** All keys that are good, by the hashes of their secrets, in their order. */
  public SortedMap<String, WriteKey> keys() {
    return new TreeMap<>(keysByHash);
  }

  /** All sites, by id. */
  public List<Site> sites() {
    return sites.values().stream().sorted(Comparator.comparing(site -> site.id().value())).toList();
  }

  public Optional<Site> site(SiteId id) {
    return Optional.ofNullable(sites.get(id));
  }
}

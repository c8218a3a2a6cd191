package io.millrace.model.control;

import io.millrace.model.SiteId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All sites and write keys there are, as the commands of the topic control add up to. One thread
 * applies commands; any number may ask.
 */
public final class SiteDirectory {
  private final Map<SiteId, Site> sites = new ConcurrentHashMap<>();
  private final Map<String, WriteKey> keysByHash = new ConcurrentHashMap<>();

  public void apply(ControlCommand command) {
    switch (command) {
      case ControlCommand.RegisterSite(var site, var name) -> sites.put(site, new Site(site, name));
      case ControlCommand.IssueKey(var hash, var site, var permissions) ->
          keysByHash.put(hash, new WriteKey(site, permissions));
      case ControlCommand.RevokeKey(var hash) -> keysByHash.remove(hash);
    }
  }

  /** What the bearer of a secret may write; empty where nothing. */
  public Optional<WriteKey> keyOf(String secret) {
    return Optional.ofNullable(keysByHash.get(WriteKey.hash(secret)));
  }

  /** All sites, by id. */
  public List<Site> sites() {
    return sites.values().stream().sorted(Comparator.comparing(site -> site.id().value())).toList();
  }

  public Optional<Site> site(SiteId id) {
    return Optional.ofNullable(sites.get(id));
  }
}

package io.millrace.model.instance;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All instances there are, as their announcements add up to. One thread applies announcements; any
 * number may ask.
 *
 * <p>Time is that of this process alone, so that clocks may differ. Two instances can say that they
 * have the same partition: one that was paused for so long that its work was given to another says
 * so until it notices. Who began to say so last is right, as the order of the log tells.
 */
public final class InstanceDirectory {
  private static final String PROCESSOR = "processor";
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private final Duration awayAfter;
  private volatile Map<String, Member> members = Map.of();

  /**
   * A directory of nobody yet.
   *
   * @param awayAfter for how long an instance may say nothing before it counts as away
   */
  public InstanceDirectory(Duration awayAfter) {
    this.awayAfter = awayAfter;
  }

  /**
   * What is known of an instance.
   *
   * @param claims since which announcement it has been saying, without a break, that it has a
   *     partition
   * @param heardNanos when it last said anything
   */
  public record Member(Announcement announcement, Map<Integer, Long> claims, long heardNanos) {
    public Member {
      claims = Map.copyOf(claims);
    }

    public String instance() {
      return announcement.instance();
    }
  }

  /**
   * Takes an announcement.
   *
   * @param order its place among all
   * @param heardNanos when it was said, by the clock of {@link System#nanoTime}
   */
  public synchronized void apply(Announcement announcement, long order, long heardNanos) {
    Member before = members.get(announcement.instance());
    var claims = new HashMap<Integer, Long>();
    for (int partition : announcement.active()) {
      long since = before == null ? order : before.claims().getOrDefault(partition, order);
      claims.put(partition, since);
    }
    var after = new HashMap<>(members);
    after.put(announcement.instance(), new Member(announcement, claims, heardNanos));
    after.values().removeIf(member -> heardNanos - member.heardNanos() > FORGOTTEN_AFTER.toNanos());
    members = Map.copyOf(after);
  }

  /** Forgets an instance that has ended. */
  public synchronized void leave(String instance) {
    var after = new HashMap<>(members);
    after.remove(instance);
    members = Map.copyOf(after);
  }

  /** All of whom anything is known, by name and id. */
  public List<Member> members() {
    return members.values().stream()
        .sorted(
            Comparator.comparing((Member member) -> member.announcement().name())
                .thenComparing(Member::instance))
        .toList();
  }

  public Optional<Member> member(String instance) {
    return Optional.ofNullable(members.get(instance));
  }

  /** Whether it has said nothing for so long that nothing it said counts. */
  public boolean isAway(Member member, long nowNanos) {
    return nowNanos - member.heardNanos() > awayAfter.toNanos();
  }

  /** Those who say that a partition can be read with them; who is most likely right is first. */
  public List<Member> claimants(int partition, long nowNanos) {
    return processors(nowNanos)
        .filter(member -> member.claims().containsKey(partition))
        .sorted(Comparator.comparingLong((Member member) -> claim(member, partition)).reversed())
        .toList();
  }

  /** Those who have a copy of a partition; the one that is least behind is first. */
  public List<Member> copyists(int partition, long nowNanos) {
    return processors(nowNanos)
        .filter(member -> member.announcement().copyOf(partition).isPresent())
        .sorted(
            Comparator.comparingLong(
                member ->
                    member
                        .announcement()
                        .copyOf(partition)
                        .map(Announcement.Copy::lag)
                        .orElse(Long.MAX_VALUE)))
        .toList();
  }

  /** Since which announcement an instance has said that it has a partition; less than 0: never. */
  public long claimOf(String instance, int partition) {
    return member(instance).map(member -> claim(member, partition)).orElse(-1L);
  }

  private static long claim(Member member, int partition) {
    return member.claims().getOrDefault(partition, -1L);
  }

  /** Who is there and may have cells: no other role has any. */
  private Stream<Member> processors(long nowNanos) {
    return members.values().stream()
        .filter(member -> !isAway(member, nowNanos))
        .filter(member -> member.announcement().roles().contains(PROCESSOR));
  }
}

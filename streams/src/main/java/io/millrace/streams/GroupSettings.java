package io.millrace.streams;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a processor shares the work with others.
 *
 * @param protocol by which the group agrees
 * @param instance what this processor is called in the group, the same at each start and of no
 *     other; where it is given, the group waits for a session until it takes its work away from one
 *     that has stopped
 * @param standbyReplicas of each task's state, kept up to date by other processors, so that one of
 *     them goes on without reading the state from its topics first; more than there are other
 *     processors cannot be
 * @param rack where this processor stands, such as an availability zone: standby replicas are
 *     elsewhere if they can be, and records are read from a broker of the same one
 */
public record GroupSettings(
    GroupProtocol protocol, Optional<String> instance, int standbyReplicas, Optional<String> rack) {
  /** Of one that is alone. */
  public static final GroupSettings ALONE =
      new GroupSettings(GroupProtocol.CLASSIC, Optional.empty(), 0, Optional.empty());

  /** Of one among several. */
  public static final GroupSettings SHARED = ALONE.withStandbyReplicas(1);

  private static final int MOST_STANDBY_REPLICAS = 9;

  /** Kafka Streams takes no longer tags than these. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,30}");

  public GroupSettings {
    if (standbyReplicas < 0 || standbyReplicas > MOST_STANDBY_REPLICAS) {
      throw new IllegalArgumentException(
          "standby-replicas: expected 0 to " + MOST_STANDBY_REPLICAS + ", got " + standbyReplicas);
    }
    instance.ifPresent(name -> require("instance-id", name));
    rack.ifPresent(name -> require("rack", name));
    if (protocol == GroupProtocol.STREAMS && instance.isPresent()) {
      throw new IllegalArgumentException(
          "group-protocol: streams has no members with names (instance-id); use classic");
    }
  }

  private static void require(String key, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          key + ": \"" + name + "\" is not 1 to 30 letters, digits, dots, underscores and hyphens");
    }
  }

  /** The same with so many standby replicas. */
  public GroupSettings withStandbyReplicas(int count) {
    return new GroupSettings(protocol, instance, count, rack);
  }

  /** The same with another protocol. */
  public GroupSettings withProtocol(GroupProtocol other) {
    return new GroupSettings(other, instance, standbyReplicas, rack);
  }

  /** The same with a name in the group that stays. */
  public GroupSettings withInstance(String name) {
    return new GroupSettings(protocol, Optional.of(name), standbyReplicas, rack);
  }

  /** The same in a rack. */
  public GroupSettings withRack(String name) {
    return withRack(Optional.of(name));
  }

  /** The same in a rack, if one is named. */
  public GroupSettings withRack(Optional<String> name) {
    return new GroupSettings(protocol, instance, standbyReplicas, name);
  }
}

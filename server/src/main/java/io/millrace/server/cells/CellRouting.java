package io.millrace.server.cells;

import io.millrace.model.instance.Announcement;
import io.millrace.model.instance.InstanceDirectory;
import io.millrace.model.instance.InstanceDirectory.Member;
import io.millrace.views.Completeness.Lag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides where a partition of cells is read: with whom works on it, and only where a copy will do
 * and nobody who works on it is to be reached, from a copy. Pure.
 *
 * <p>This process believes its own stores before the announcements, which are a moment behind,
 * unless another has begun to work on the partition after this one said that it does: then this one
 * was paused for long, and does not know yet.
 */
final class CellRouting {
  private final InstanceDirectory directory;
  private final String self;
  private final Predicate<Member> isAnswering;

  /**
   * Routes by a directory.
   *
   * @param self the id of this instance
   * @param isAnswering whether an instance is worth asking: it has a place to ask, and has not
   *     failed to answer since it was heard of
   */
  CellRouting(InstanceDirectory directory, String self, Predicate<Member> isAnswering) {
    this.directory = directory;
    this.self = self;
    this.isAnswering = isAnswering;
  }

  /**
   * The places of a partition, the best first.
   *
   * @param isHere whether this process works on it
   * @param ownCopy what a copy of this process is behind
   * @param mayBeCopy whether a copy will do
   */
  List<Place> places(
      int partition, boolean isHere, Optional<Lag> ownCopy, boolean mayBeCopy, long nowNanos) {
    var places = new ArrayList<Place>();
    List<Member> others =
        directory.claimants(partition, nowNanos).stream().filter(this::isOther).toList();
    if (isHere && !isTakenOver(partition, others)) {
      places.add(new Place.Here());
    }
    others.stream().filter(isAnswering).map(Place.There::new).forEach(places::add);
    if (mayBeCopy) {
      addCopies(partition, ownCopy, nowNanos, places);
    }
    return places;
  }

  private boolean isTakenOver(int partition, List<Member> others) {
    long own = directory.claimOf(self, partition);
    return own >= 0
        && !others.isEmpty()
        && others.getFirst().claims().getOrDefault(partition, -1L) > own;
  }

  private void addCopies(int partition, Optional<Lag> ownCopy, long nowNanos, List<Place> places) {
    Optional<Place> here = ownCopy.map(Place.CopyHere::new);
    for (Member member : directory.copyists(partition, nowNanos)) {
      if (isOther(member) && isAnswering.test(member)) {
        if (here.isPresent() && !isBehind(ownCopy.get(), member, partition)) {
          places.add(here.get());
          here = Optional.empty();
        }
        places.add(new Place.CopyThere(member));
      }
    }
    here.ifPresent(places::add);
  }

  private static boolean isBehind(Lag own, Member other, int partition) {
    return own.records()
        > other.announcement().copyOf(partition).map(Announcement.Copy::lag).orElse(Long.MAX_VALUE);
  }

  private boolean isOther(Member member) {
    return !member.instance().equals(self);
  }
}

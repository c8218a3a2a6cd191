package io.millrace.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Namespace;
import io.millrace.model.TopicSpec;
import io.millrace.ops.AccessRole;
import io.millrace.ops.AccessScope;
import io.millrace.ops.RoleGrants;
import io.millrace.ops.doctor.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final Set<AclOperation> EVERYTHING = EnumSet.allOf(AclOperation.class);
  private static final Map<String, Integer> NEWEST =
      Map.of("metadata.version", 30, "transaction.version", 2, "streams.version", 1);
  private static final AccessScope SCOPE =
      new AccessScope(Namespace.DEFAULT, "app", "backfill-", List.of(), List.of());

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "min.insync.replicas", "2",
              "transaction.state.log.min.isr", "2",
              "offsets.topic.replication.factor", "3",
              "transaction.state.log.replication.factor", "3",
              "unclean.leader.election.enable", "false",
              "auto.create.topics.enable", "false",
              "offsets.retention.minutes", "10080",
              "transaction.max.timeout.ms", "900000",
              "group.min.session.timeout.ms", "6000",
              "message.max.bytes", "1048588"));
  private List<BrokerFacts> brokers = brokers("a", "b", "c");
  private Map<String, Integer> features = NEWEST;
  private TopicFacts topic =
      new TopicFacts("click-events", 3, 3, 0, 0, Map.of("min.insync.replicas", "2"), EVERYTHING);
  private boolean usesStreamsProtocol;
  private List<AppendTimes> appends = List.of();

  @Test
  void aClusterAsItShouldBeHasNothingButGoodFindings() {
    appends = List.of(times(3, 0));

    assertThat(findings()).allMatch(finding -> finding.severity() == Severity.OK);
    assertThat(findings().stream().map(Finding::what))
        .containsExactly(
            "3 brokers",
            "brokers in 3 racks",
            "Kafka 4.3",
            "transaction.version 2",
            "settings of the brokers",
            "1 of 1 topics are there",
            "rights of collector",
            "broker 1 acknowledges within 3.0 ms (median of a few)",
            "the clock of broker 1 is 0.000 s ahead of ours, give or take 0.002 s");
  }

  @Test
  void fewerBrokersThanCopiesAreAProblem() {
    brokers = brokers("a", "b");

    assertThat(worst()).contains("PROBLEM 2 brokers, and topics.replication-factor is 3");
  }

  @Test
  void brokersOfOneRackOrOfNoneAreAWarning() {
    brokers = brokers("a", "a", "a");
    assertThat(worst()).containsExactly("WARNING all brokers are in the same rack");

    brokers = brokers("a", "", "b");
    assertThat(worst()).containsExactly("WARNING 1 broker without a rack");
  }

  @Test
  void anOldKafkaIsAProblem() {
    features = Map.of("metadata.version", 14, "transaction.version", 2);
    assertThat(worst()).containsExactly("PROBLEM Kafka 3.6");

    features = Map.of("metadata.version", 19, "transaction.version", 2);
    assertThat(worst()).isEmpty();

    features = Map.of();
    assertThat(worst())
        .containsExactly(
            "PROBLEM the brokers have no metadata.version: an old Kafka, or one on ZooKeeper");
  }

  @Test
  void transactionsOfTheFirstKindAreAWarning() {
    features = Map.of("metadata.version", 21);

    assertThat(worst())
        .containsExactly(
            "WARNING transaction.version is 0: after a crash a transaction can hang until it times"
                + " out");
  }

  @Test
  void theNewestProtocolOfGroupsMustBeThereWhereItIsAskedFor() {
    features = Map.of("metadata.version", 22, "transaction.version", 2);
    assertThat(worst()).isEmpty();

    usesStreamsProtocol = true;
    assertThat(worst())
        .containsExactly(
            "PROBLEM processing.group-protocol is streams, which the brokers do not have"
                + " (streams.version)");
  }

  @Test
  void eachSettingOfBrokersThatLosesOrForbidsIsTold() {
    settings.putAll(
        Map.of(
            "min.insync.replicas", "1",
            "unclean.leader.election.enable", "true",
            "auto.create.topics.enable", "true",
            "offsets.retention.minutes", "60",
            "transaction.max.timeout.ms", "1000",
            "group.min.session.timeout.ms", "30000",
            "message.max.bytes", "100000",
            "offsets.topic.replication.factor", "1"));
    brokers = brokers("a", "b", "c");

    assertThat(worst())
        .containsExactlyInAnyOrder(
            "PROBLEM min.insync.replicas is 1",
            "PROBLEM unclean.leader.election.enable is true",
            "WARNING auto.create.topics.enable is true",
            "WARNING offsets.retention.minutes is 60",
            "PROBLEM transaction.max.timeout.ms is 1000",
            "PROBLEM group.min.session.timeout.ms is 30000",
            "PROBLEM message.max.bytes is 100000",
            "PROBLEM offsets.topic.replication.factor is 1");
    assertThat(findings())
        .filteredOn(finding -> finding.severity() != Severity.OK)
        .allMatch(finding -> !finding.advice().isBlank());
  }

  @Test
  void aSettingOfSomeBrokersIsToldWithTheirNumbers() {
    Map<String, String> other = new HashMap<>(settings);
    other.put("min.insync.replicas", "3");
    brokers =
        List.of(
            new BrokerFacts(1, "a:1", Optional.of("a"), settings),
            new BrokerFacts(2, "b:1", Optional.of("b"), other),
            new BrokerFacts(3, "c:1", Optional.of("c"), settings));

    assertThat(worst()).containsExactly("PROBLEM min.insync.replicas is 3 on broker 2");
  }

  @Test
  void aTopicThatCannotBeWrittenSafelyIsAProblem() {
    topic =
        new TopicFacts(
            "app-state-changelog",
            2,
            1,
            1,
            4,
            Map.of("min.insync.replicas", "1", "unclean.leader.election.enable", "true"),
            EVERYTHING);

    assertThat(worst())
        .containsExactlyInAnyOrder(
            "PROBLEM app-state-changelog: 1 partitions have no leader",
            "WARNING app-state-changelog: 4 partitions lack a replica in sync",
            "PROBLEM app-state-changelog has partitions with 2 of 3 copies",
            "PROBLEM app-state-changelog: min.insync.replicas is 1",
            "PROBLEM app-state-changelog: unclean.leader.election.enable is true");
  }

  @Test
  void aTopicThatCannotBeWrittenJustNowIsAProblem() {
    topic =
        new TopicFacts("click-events", 3, 1, 0, 2, Map.of("min.insync.replicas", "2"), EVERYTHING);

    assertThat(worst())
        .containsExactlyInAnyOrder(
            "WARNING click-events: 2 partitions lack a replica in sync",
            "PROBLEM click-events has partitions with 1 replicas in sync, and"
                + " min.insync.replicas is 2");
  }

  @Test
  void aRightThatLacksIsToldWithWhatItIsFor() {
    topic = new TopicFacts("click-events", 3, 3, 0, 0, Map.of(), Set.of(AclOperation.DESCRIBE));

    assertThat(worst())
        .containsExactly(
            "PROBLEM no right to WRITE on click-events: the collector cannot accept events");
  }

  @Test
  void clocksAreOnlyApartByMoreThanWhatIsUncertain() {
    appends = List.of(times(4_000, 2_500));
    assertThat(worst())
        .containsExactly("PROBLEM broker 1 acknowledges within 4000.0 ms (median of a few)");

    appends = List.of(times(10, -1_500));
    assertThat(worst())
        .containsExactly(
            "WARNING the clock of broker 1 is 1.500 s behind of ours, give or take 0.006 s");

    appends = List.of(times(10, 301_000));
    assertThat(worst()).allMatch(finding -> finding.startsWith("PROBLEM the clock"));
  }

  @Test
  void theQuickestRecordSaysMostAboutAClock() {
    var slow = new AppendTrial.Sample(1_000, 1_900, 2_000, 1_000_000_000);
    var quick = new AppendTrial.Sample(3_000, 3_105, 3_010, 10_000_000);

    AppendTimes times = new AppendTrial(1, List.of(slow, quick)).times();

    assertThat(times.ahead()).hasMillis(100);
    assertThat(times.uncertainty()).hasMillis(6);
    assertThat(times.quickest()).hasMillis(10);
  }

  private static AppendTimes times(long tookMillis, long aheadMillis) {
    Duration took = Duration.ofMillis(tookMillis);
    return new AppendTimes(
        1, took, took, Duration.ofMillis(aheadMillis), took.dividedBy(2).plusMillis(1));
  }

  private List<BrokerFacts> brokers(String... racks) {
    var facts = new ArrayList<BrokerFacts>();
    for (String rack : racks) {
      Optional<String> named = rack.isEmpty() ? Optional.empty() : Optional.of(rack);
      facts.add(new BrokerFacts(facts.size() + 1, rack + ":9092", named, settings));
    }
    return facts;
  }

  private List<Finding> findings() {
    var facts =
        new ClusterFacts(
            brokers,
            features,
            features,
            List.of(topic),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            appends);
    var needs =
        new Needs(
            List.of(new TopicSpec("click-events", 24, (short) 3, Map.of())),
            3,
            Map.of(AccessRole.COLLECTOR, RoleGrants.of(AccessRole.COLLECTOR, SCOPE)),
            "app-",
            "doctor",
            Duration.ofSeconds(5),
            Duration.ofSeconds(6),
            usesStreamsProtocol);
    return Diagnosis.of(facts, needs);
  }

  private List<String> worst() {
    return findings().stream()
        .filter(finding -> finding.severity() != Severity.OK)
        .map(finding -> finding.severity() + " " + finding.what())
        .toList();
  }
}

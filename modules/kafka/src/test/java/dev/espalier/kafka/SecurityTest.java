package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of the fleet on a broker that asks who comes, and allows what ACLs say. */
final class SecurityTest {
  private static final long SEED = 20;
  private static final String WRONG = "wrong-secret-1812";
  private static final String[] SECRETS = {WRONG, SecuredBroker.STORE_PASSWORD, "-secret-"};

  @TempDir private static Path folder;
  private static Optional<SecuredBroker> secured = Optional.empty();

  @BeforeAll
  static void start() {
    secured = Optional.of(new SecuredBroker(folder));
  }

  @AfterAll
  static void stop() {
    secured.ifPresent(SecuredBroker::close);
  }

  private static SecuredBroker broker() {
    return secured.orElseThrow();
  }

  private static Connection fresh(Connection connection) {
    return connection.withPrefix("t" + UUID.randomUUID());
  }

  /** Passwords are tried by each of the tests below. */
  @ParameterizedTest
  @ValueSource(strings = {"TLS", "mTLS"})
  void everyClientWorksOver(String way) {
    Connection log =
        fresh(way.equals("TLS") ? broker().tls("server") : broker().mutualTls("client"));

    for (Work work : List.of(Work.PLANNER, Work.WORKER, Work.SUBMITTER)) {
      work.on(log, log);
    }
  }

  @ParameterizedTest
  @EnumSource(Duty.class)
  void aPrincipalThatIsAllowedTheLeastDoesAllItsWork(Duty duty) {
    Connection all = topicsFor(duty);
    broker().allow(duty.toString(), duty.grants(all));

    Work.of(duty).on(as(duty, all), all);
  }

  /** One of each, drawn; {@link #nothingIsGrantedInVain} tries all. */
  @ParameterizedTest
  @EnumSource(Duty.class)
  void withoutAnAclTheWorkIsRefusedInWordsThatSaySo(Duty duty) {
    int count = each(duty.grants(broker().open())).size();

    refuses(duty, new Random(SEED + duty.name().length()).nextInt(count));
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Duty.class)
  void nothingIsGrantedInVain(Duty duty) {
    int count = each(duty.grants(broker().open())).size();

    IntStream.range(0, count).forEach(left -> refuses(duty, left));
  }

  /** Allows all but one. */
  private static void refuses(Duty duty, int left) {
    Connection all = topicsFor(duty);
    List<Grant> grants = new ArrayList<>(each(duty.grants(all)));
    Grant missing = grants.remove(left);
    broker().allow(duty.toString(), grants);

    assertThatThrownBy(() -> Work.of(duty).on(as(duty, all), all))
        .as("%s without %s, seed %d", duty, missing, SEED)
        .isInstanceOf(LogException.class)
        .hasMessageContaining("espalier acls")
        .hasMessageContaining(as(duty, all).toString())
        .satisfies(refusal -> assertThat(((LogException) refusal).isRefusal()).isTrue());
  }

  private static Connection topicsFor(Duty duty) {
    Connection all = fresh(broker().open());
    if (duty != Duty.SETUP) {
      Topics.ensure(all, SharedBroker.SHORT);
    }
    return all;
  }

  /** Who the broker does not let in. */
  enum Stranger {
    WITH_A_WRONG_PASSWORD("expected a user and a password that the broker knows", "SCRAM-SHA-512") {
      @Override
      Connection connection() {
        return broker().scram("worker", WRONG);
      }
    },
    WHO_DISTRUSTS_THE_BROKER("ssl.truststore.location", "(SSL)") {
      @Override
      Connection connection() {
        return broker().tls("stranger");
      }
    },
    WHOM_THE_BROKER_DISTRUSTS("ssl.keystore.location", "(SSL)") {
      @Override
      Connection connection() {
        return broker().mutualTls("stranger");
      }
    };

    private final String expected;
    private final String way;

    Stranger(String expected, String way) {
      this.expected = expected;
      this.way = way;
    }

    abstract Connection connection();
  }

  @ParameterizedTest
  @EnumSource(Stranger.class)
  void aStrangerIsRefusedOnceInWordsThatSayWhatWasExpectedAndWhere(Stranger stranger) {
    Connection own = stranger.connection();

    try (Overheard log = Overheard.ofEverything()) {
      for (Consumer<Connection> client : clientsOf(stranger)) {
        assertThatThrownBy(() -> client.accept(own))
            .isInstanceOf(LogException.class)
            .hasMessageContaining(own.bootstrap())
            .hasMessageContaining(stranger.way)
            .hasMessageContaining(stranger.expected)
            .satisfies(refusal -> assertThat(((LogException) refusal).isRefusal()).isTrue())
            .satisfies(refusal -> assertThat(traceOf(refusal)).doesNotContain(SECRETS));
      }
      assertThat(log.said()).isNotEmpty().noneMatch(SecurityTest::holdsASecret);
    }
    assertThat(own.toString()).doesNotContain(SECRETS);
  }

  /** A wrong password is met by all; handshakes are alike, so the first ones stand for the rest. */
  private static List<Consumer<Connection>> clientsOf(Stranger stranger) {
    return stranger == Stranger.WITH_A_WRONG_PASSWORD ? CLIENTS : CLIENTS.subList(0, 4);
  }

  /** Each kind of client, brought to its first word with the broker. */
  private static final List<Consumer<Connection>> CLIENTS =
      List.of(
          log -> Topics.ensure(log, SharedBroker.SHORT),
          log -> Permissions.require(log, Duty.WORKER),
          log -> Follower.open(log, Set.of(Topic.TASKS), new Recorded()).close(),
          log -> PlannerLog.open(log).close(),
          SecurityTest::publish,
          log -> Attempts.open(log, SharedBroker.SHORT, Clock.systemUTC()).close(),
          SecurityTest::count,
          SecurityTest::take);

  private static void publish(Connection log) {
    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      publisher.publish(Samples.prune(1));
    }
  }

  private static void count(Connection log) {
    try (Backlog backlog = Backlog.open(log, Duration.ofMinutes(1))) {
      backlog.unfinished(Topic.TASKS);
    }
  }

  private static void take(Connection log) {
    Intake.Handler nobody =
        new Intake.Handler() {
          @Override
          public CompletionStage<?> begin(Delivery delivery) {
            throw new IllegalStateException("expected no task, got " + delivery);
          }

          @Override
          public boolean beforeRenewal(Delivery delivery) {
            return false;
          }
        };
    try (Intake intake = Intake.open(log, Topic.TASKS, SharedBroker.SHORT, nobody)) {
      for (int turn = 0; turn < 400; turn++) {
        intake.step();
      }
    }
  }

  private static boolean holdsASecret(String text) {
    return Stream.of(SECRETS).anyMatch(text::contains);
  }

  private static String traceOf(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** A connection of the user of {@code duty} to the topics of {@code log}. */
  private static Connection as(Duty duty, Connection log) {
    String name = duty.toString();
    return broker().scram(name, SecuredBroker.passwordOf(name)).withPrefix(log.prefix());
  }

  /** Each single thing that is granted. */
  private static List<Grant> each(List<Grant> grants) {
    return grants.stream()
        .flatMap(
            grant ->
                grant.operations().stream()
                    .map(one -> new Grant(grant.kind(), grant.name(), grant.prefix(), Set.of(one))))
        .toList();
  }
}

package dev.espalier.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Why the log refused, in words that say what a person may mend. */
final class Reason {
  private static final String ACLS = "; espalier acls prints what each role needs";

  private Reason() {}

  /** The reason of what a client of Kafka's threw. */
  static String of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Optional<String> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return sentence(thrown);
  }

  /** What {@code thrown} and its causes say, but for words that say nothing. */
  static String ofAll(Throwable thrown) {
    List<String> sentences = new ArrayList<>();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String sentence = sentence(cause);
      if (!sentence.startsWith("Failed to create new") && !sentences.contains(sentence)) {
        sentences.add(sentence);
      }
    }
    return String.join(": ", sentences);
  }

  private static Optional<String> known(Throwable cause) {
    return switch (cause) {
      case LogException before -> Optional.of(sentence(before));
      case TopicAuthorizationException topics -> denied("topics", topics.unauthorizedTopics());
      case GroupAuthorizationException group -> denied("group " + group.groupId());
      case TransactionalIdAuthorizationException _ -> denied("this transactional id");
      case ClusterAuthorizationException _ -> denied("the cluster");
      case UnknownTopicOrPartitionException _ ->
          Optional.of("there is none; espalier topics creates what is missing");
      case SaslAuthenticationException sasl ->
          Optional.of(sentence(sasl) + "; expected a user and a password that the broker knows");
      case SslAuthenticationException tls -> Optional.of(handshake(tls));
      case TimeoutException late ->
          Optional.of(sentence(late) + "; expected a broker to answer there, by this protocol");
      default -> Optional.empty();
    };
  }

  private static Optional<String> denied(String kind, Collection<String> names) {
    return denied(names.isEmpty() ? kind : kind + " " + new TreeSet<>(names));
  }

  private static Optional<String> denied(String what) {
    return Optional.of("the broker allows this user too little on " + what + ACLS);
  }

  /** An alert is the broker's word about our certificate; everything else is ours about its. */
  private static String handshake(Throwable thrown) {
    String deepest = sentence(thrown);
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      deepest = cause instanceof SSLException ? sentence(cause) : deepest;
    }
    return deepest.contains("alert")
        ? "the broker does not take this client's certificate ("
            + deepest
            + "); expected one that it trusts, in ssl.keystore.location"
        : "the broker's certificate is not trusted ("
            + deepest
            + "); expected one for its address that ssl.truststore.location vouches for";
  }

  private static String sentence(Throwable thrown) {
    return Objects.requireNonNullElseGet(thrown.getMessage(), thrown::toString);
  }
}

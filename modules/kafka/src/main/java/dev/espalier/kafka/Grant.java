package dev.espalier.kafka;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that a principal is allowed on the log, an ACL.
 *
 * @param kind of what
 * @param name its name
 * @param prefix whether {@code name} is only what names begin with
 * @param operations what may be done; at least one
 */
public record Grant(Kind kind, String name, boolean prefix, Set<Operation> operations) {
  /** What access is asked for to. */
  public enum Kind {
    /** A topic. */
    TOPIC,
    /** A consumer group or share group. */
    GROUP,
    /** What producers of transactions fence each other by. */
    TRANSACTIONAL_ID
  }

  /** What may be done, as Kafka calls it. To read or to write includes to describe. */
  public enum Operation {
    /** Records out; membership in a group. */
    READ,
    /** Records in; transactions under an id. */
    WRITE,
    /** What there is and how far it reaches. */
    DESCRIBE,
    /** New ones. */
    CREATE,
    /** Records removed. */
    DELETE,
    /** How it is set. */
    DESCRIBE_CONFIGS,
    /** To set it otherwise. */
    ALTER_CONFIGS;

    /** As {@code kafka-acls} spells it, such as {@code DescribeConfigs}. */
    @Override
    public String toString() {
      StringBuilder spelled = new StringBuilder();
      for (String word : name().split("_", -1)) {
        spelled.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
      }
      return spelled.toString();
    }
  }

  /** Copies the operations. */
  public Grant {
    operations = Set.copyOf(operations);
  }

  /**
   * The line that gives it.
   *
   * @param principal such as {@code User:worker}
   */
  public String line(String bootstrap, String principal) {
    StringBuilder line = new StringBuilder("kafka-acls.sh --bootstrap-server ").append(bootstrap);
    line.append(" --add --allow-principal '").append(principal).append('\'');
    new TreeSet<>(operations).forEach(any -> line.append(" --operation ").append(any));
    line.append(" --").append(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    line.append(" '").append(name).append('\'');
    return line.append(prefix ? " --resource-pattern-type prefixed" : "").toString();
  }
}

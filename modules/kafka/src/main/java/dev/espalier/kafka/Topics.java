package dev.espalier.kafka;

/** Brings a log into the state that the fleet expects. */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class Topics {
  private Topics() {}

  /**
   * Creates the topics that are missing and sets how task topics are shared. Changes nothing the
   * second time; any number of processes may do it at once.
   *
   * @throws LogException when the log cannot be reached or refuses
   */
  public static void ensure(Connection connection, Sharing sharing) {
    throw new UnsupportedOperationException(connection + " " + sharing);
  }
}

package dev.espalier.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** All that is logged while it is open, down to the finest detail, Kafka's own words included. */
final class Overheard implements AutoCloseable {
  private final Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
  private final Level before = kafka.getLevel();
  private final ListAppender<ILoggingEvent> ear = new ListAppender<>();

  private Overheard() {
    ear.start();
    kafka.setAdditive(false);
    kafka.addAppender(ear);
    kafka.setLevel(Level.TRACE);
  }

  static Overheard ofEverything() {
    return new Overheard();
  }

  /** Each word with its stack trace. */
  List<String> said() {
    return List.copyOf(ear.list).stream()
        .map(
            event ->
                event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .toList();
  }

  @Override
  public void close() {
    kafka.setLevel(before);
    kafka.detachAppender(ear);
    kafka.setAdditive(true);
  }
}

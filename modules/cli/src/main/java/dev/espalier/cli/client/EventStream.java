package dev.espalier.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One connection of server-sent events, read by a thread of its own: as many wait as {@link #MOST},
 * and then the gateway does.
 */
final class EventStream implements AutoCloseable {
  private static final int MOST = 256;

  /** A gateway says something every 15 s, if only that it is there. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

  private final InputStream body;
  private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(MOST);
  private final Thread reader;
  private long last = System.nanoTime();

  /** What comes of a connection. */
  private sealed interface Heard {
    record Sent(SentEvent event) implements Heard {}

    record Alive() implements Heard {}

    record Ended() implements Heard {}
  }

  EventStream(InputStream body) {
    this.body = body;
    this.reader = Thread.ofVirtual().name("events").start(this::read);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      Block block = new Block();
      for (Optional<String> line = line(lines); line.isPresent(); line = line(lines)) {
        heard.put(block.add(line.get()).<Heard>map(Heard.Sent::new).orElse(new Heard.Alive()));
      }
    } catch (IOException e) {
      // A connection that breaks has ended.
    } catch (InterruptedException e) {
      return; // closed
    }
    end();
  }

  private static Optional<String> line(BufferedReader lines) throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  private void end() {
    try {
      heard.put(new Heard.Ended());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The lines of an event so far. */
  private static final class Block {
    private String name = "message";
    private String id = "";
    private StringJoiner data = new StringJoiner("\n");
    private boolean said;

    /** The event that an empty {@code line} ends. */
    private Optional<SentEvent> add(String line) {
      if (line.isEmpty()) {
        Optional<SentEvent> event =
            said ? Optional.of(new SentEvent(name, id, data.toString())) : Optional.empty();
        name = "message";
        data = new StringJoiner("\n");
        said = false;
        return event;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String rest = colon < 0 ? "" : line.substring(colon + 1);
      put(field, rest.startsWith(" ") ? rest.substring(1) : rest);
      return Optional.empty();
    }

    private void put(String field, String value) {
      switch (field) {
        case "event" -> name = value;
        case "id" -> id = value;
        case "data" -> {
          data.add(value);
          said = true;
        }
        default -> {} // a comment, or how soon to come back
      }
    }
  }

  /**
   * The next event; empty when none comes within {@code wait}.
   *
   * @throws EndedException when none will come
   */
  Optional<SentEvent> next(Duration wait) throws EndedException {
    long end = System.nanoTime() + wait.toNanos();
    do {
      Optional<Heard> one = poll(end - System.nanoTime());
      if (one.isEmpty()) {
        requireAlive();
        return Optional.empty();
      }
      last = System.nanoTime();
      switch (one.get()) {
        case Heard.Sent(SentEvent event) -> {
          return Optional.of(event);
        }
        case Heard.Ended _ -> throw new EndedException();
        case Heard.Alive _ -> {}
      }
    } while (System.nanoTime() < end);
    return Optional.empty();
  }

  private Optional<Heard> poll(long nanos) throws EndedException {
    try {
      return Optional.ofNullable(heard.poll(nanos, TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EndedException();
    }
  }

  private void requireAlive() throws EndedException {
    if (System.nanoTime() - last > LONGEST_SILENCE.toNanos()) {
      throw new EndedException();
    }
  }

  /** The connection has ended. */
  static final class EndedException extends Exception {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void close() {
    reader.interrupt();
    try {
      body.close();
    } catch (IOException e) {
      // It is over in any case.
    }
  }
}

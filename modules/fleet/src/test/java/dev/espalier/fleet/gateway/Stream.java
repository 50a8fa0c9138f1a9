package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads server-sent events off a socket, as slowly as whoever asks for them: nothing is taken off
 * it but by {@link #next}.
 */
final class Stream implements AutoCloseable {
  private static final int SMALL = 4_096; // bytes that wait on this side
  private static final int LIMIT = 120_000; // ms

  private final Socket socket;
  private final BufferedReader lines;
  private final List<String> names = new ArrayList<>();
  private String lastId = "";

  /** An event: its id, empty where it had none, its name and its data. */
  record Message(String id, String name, String data) {}

  private Stream(Socket socket) throws IOException {
    this.socket = socket;
    this.lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), SMALL);
  }

  /**
   * Opens a stream.
   *
   * @param lastId sent as Last-Event-ID, unless it is empty
   */
  static Stream open(int port, String address, String lastId) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(SMALL);
      socket.setSoTimeout(LIMIT);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      String header = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
      String request =
          "GET " + address + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + header + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new Stream(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the gateway has this among its readers, and they are up to date. */
  void awaitOpen() throws IOException {
    while (!line().startsWith("retry:")) {
      assertThat(socket.isClosed()).isFalse();
    }
  }

  /** The lines of a chunked body: sizes of chunks are lines of their own, which nobody looks at. */
  private String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("expected another line, got the end of the stream");
    }
    return line;
  }

  /** The next event called {@code name}; others are passed over. */
  Message next(String name) throws IOException {
    String id = "";
    String event = "";
    StringBuilder data = new StringBuilder();
    while (true) {
      String line = line();
      if (line.startsWith("id: ")) {
        id = line.substring(4);
        lastId = id;
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      } else if (line.isEmpty() && !event.isEmpty()) {
        names.add(event);
        if (event.equals(name)) {
          return new Message(id, event, data.toString());
        }
        id = "";
        event = "";
        data.setLength(0);
      }
    }
  }

  /** The id that a browser would come back with. */
  String lastId() {
    return lastId;
  }

  /** What the events so far were called. */
  List<String> names() {
    return List.copyOf(names);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.espalier.cli.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that answers what a test has it answer, and remembers what it was asked. */
final class StubGateway implements AutoCloseable {
  /** The requests so far: path, query, and what the headers that matter held. */
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  /** A request. */
  record Asked(String path, Optional<String> authorization, Optional<String> lastEventId) {}

  /** What is answered. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private StubGateway(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Starts one; whoever does closes it. */
  static StubGateway start() throws IOException {
    return start(HttpServer.create());
  }

  /** Starts {@code server}. */
  static StubGateway start(HttpServer server) throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    return new StubGateway(server);
  }

  String address() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Answers {@code path}, its query left out, with {@code body}. */
  void put(String path, int status, String type, String body) {
    put(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("content-type", type);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  void put(String path, Answer answer) {
    answers.put(path, answer);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(
          new Asked(
              exchange.getRequestURI().toString(),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("authorization")),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("last-event-id"))));
      Optional<Answer> known = Optional.ofNullable(answers.get(exchange.getRequestURI().getPath()));
      if (known.isPresent()) {
        known.get().to(exchange);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

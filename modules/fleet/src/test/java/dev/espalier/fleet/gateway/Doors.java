package dev.espalier.fleet.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Some routes of a gateway, served on a port of this machine, and a client of them. */
final class Doors implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  Doors(BiConsumer<Vertx, Router> mount) throws TimeoutException {
    Router router = Router.router(vertx);
    Manners manners = new Manners(ApiDocument.load());
    manners.mountFirst(router);
    mount.accept(vertx, router);
    manners.mountLast(router);
    server =
        vertx
            .createHttpServer(Manners.limits())
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  /** The answer to GET {@code path} with these headers, each a name and a value. */
  HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(LIMIT)
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The answer to GET {@code path}, as JSON. */
  JsonNode json(String path) throws IOException, InterruptedException {
    return json(get(path));
  }

  /** {@code response} as JSON. */
  static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return new JsonMapper().readTree(response.body());
  }

  /** The path of the part of a list behind that in {@code response}. */
  static Optional<String> next(HttpResponse<byte[]> response) {
    return response
        .headers()
        .firstValue("link")
        .map(link -> link.substring(1, link.indexOf(">; rel=\"next\"")));
  }

  /** A connection on which GET {@code path} was asked, as it stands, and nothing read yet. */
  Socket ask(String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
    String request = "GET %s HTTP/1.1\r\nhost: doors\r\nconnection: close\r\n\r\n".formatted(path);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Override
  public void close() throws TimeoutException {
    client.close();
    vertx.close().await(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}

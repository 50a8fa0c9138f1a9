package dev.espalier.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.GatewayException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The HTTP interface of a gateway. Whatever stands between a request and its answer is a {@link
 * GatewayException} with a sentence for a person.
 */
public final class Gateway implements AutoCloseable {
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration ANSWERING = Duration.ofMinutes(2);

  private final GatewayAddress address;
  private final Answers answers;
  private final HttpClient http;

  private Gateway(GatewayAddress address) {
    this.address = address;
    this.answers = new Answers(address);
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTING);
    if (!address.isSecure()) {
      builder.sslContext(Authority.none());
    } else {
      address.authority().map(Authority::of).ifPresent(builder::sslContext);
    }
    this.http = builder.build();
  }

  /** A client of the gateway at {@code address}; nothing is asked of it yet. */
  public static Gateway at(GatewayAddress address) {
    return new Gateway(address);
  }

  /** Where it is. */
  public GatewayAddress address() {
    return address;
  }

  /** {@code text} as a part of a path or a query. */
  public static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * The JSON at {@code path}.
   *
   * @param path begins with a slash, and may have a query
   */
  public JsonNode get(String path) {
    return json(send(request(path).GET(), BodyHandlers.ofByteArray()));
  }

  /** What a list of JSON at {@code path} holds, all its parts. */
  public List<JsonNode> list(String path) {
    List<JsonNode> all = new ArrayList<>();
    Optional<String> part = Optional.of(path);
    while (part.isPresent()) {
      HttpResponse<byte[]> response = send(request(part.get()).GET(), BodyHandlers.ofByteArray());
      JsonNode items = json(response);
      (items.isArray() ? items : items.path("studies")).forEach(all::add);
      part = Answers.next(response.headers());
    }
    return all;
  }

  /** What the gateway answers when {@code path} is asked to happen. */
  public JsonNode post(String path) {
    return json(send(request(path).POST(BodyPublishers.noBody()), BodyHandlers.ofByteArray()));
  }

  /**
   * What the gateway answers to {@code body}.
   *
   * @param body JSON
   */
  public JsonNode post(String path, byte[] body) {
    return post(path, body, "application/json");
  }

  /**
   * What the gateway answers to {@code body}.
   *
   * @param type its media type
   */
  public JsonNode post(String path, byte[] body, String type) {
    BodyPublisher publisher = BodyPublishers.ofByteArray(body);
    return json(
        send(
            request(path).header("content-type", type).POST(publisher),
            BodyHandlers.ofByteArray()));
  }

  /** The bytes at {@code path}, whatever they are. */
  public byte[] bytes(String path) {
    HttpResponse<byte[]> response = send(request(path).GET(), BodyHandlers.ofByteArray());
    if (!Answers.isWell(response.statusCode())) {
      throw answers.refusal(response.statusCode(), response.headers(), response.body());
    }
    return response.body();
  }

  /**
   * A stream of server-sent events that begins now; whoever opens it closes it.
   *
   * @param after the id behind which it goes on; empty for all that there is
   */
  InputStream stream(String path, Optional<String> after) {
    HttpRequest.Builder request = request(path).header("accept", "text/event-stream");
    after.ifPresent(id -> request.header("last-event-id", id));
    HttpResponse<InputStream> response = send(request.GET(), BodyHandlers.ofInputStream());
    String type = response.headers().firstValue("content-type").orElse("");
    if (Answers.isWell(response.statusCode()) && type.startsWith("text/event-stream")) {
      return response.body();
    }
    throw answers.refusal(response.statusCode(), response.headers(), read(response.body()));
  }

  private byte[] read(InputStream body) {
    try (body) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw away("its answer broke off");
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.of(path)).timeout(ANSWERING);
    address.token().ifPresent(token -> request.header("authorization", "Bearer " + token));
    return request;
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    return answers.json(response.statusCode(), response.headers(), response.body());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return http.send(request.build(), body);
    } catch (HttpConnectTimeoutException e) {
      throw away("no connection within " + CONNECTING.toSeconds() + " s");
    } catch (HttpTimeoutException e) {
      throw away("no answer within " + ANSWERING.toSeconds() + " s");
    } catch (ConnectException e) {
      boolean nameless = e.getCause() instanceof UnresolvedAddressException;
      throw away(nameless ? "nobody knows that name" : "nothing listens there");
    } catch (SSLException e) {
      throw new GatewayException(
          Kind.CLOSED, "%s is not trusted: %s".formatted(address, e.getMessage()));
    } catch (IOException e) {
      throw away("the connection broke: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away("the wait was interrupted");
    }
  }

  private GatewayException away(String why) {
    return new GatewayException(Kind.AWAY, "expected a gateway at " + address + ", and " + why);
  }

  /** Hangs up on every stream. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}

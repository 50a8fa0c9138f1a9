package dev.espalier.cli.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a gateway is, and how it is spoken to.
 *
 * @param base its address, of http or https, which ends with a slash
 * @param token what says who asks; absent where nobody wants to know
 * @param authority a PEM file of the certificates that vouch for it; absent where Java's own do
 */
public record GatewayAddress(URI base, Optional<String> token, Optional<Path> authority) {
  private static final String SECURE = "https";

  /**
   * The address that {@code text} is, without a token.
   *
   * @throws IllegalArgumentException when it is none of http or https, or holds a password
   */
  public static GatewayAddress parse(String text) {
    try {
      URI uri = new URI(text.endsWith("/") ? text : text + "/");
      boolean web = "http".equals(uri.getScheme()) || SECURE.equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return new GatewayAddress(uri, Optional.empty(), Optional.empty());
      }
      throw wrong(uri.getUserInfo() == null ? text : "one with a password");
    } catch (URISyntaxException e) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String came) {
    return new IllegalArgumentException(
        "expected the address of a gateway, such as http://127.0.0.1:8080, got " + came);
  }

  /** The same with a token. */
  public GatewayAddress withToken(Optional<String> other) {
    return new GatewayAddress(base, other, authority);
  }

  /** The same, vouched for by the certificates in {@code file}. */
  public GatewayAddress vouchedForBy(Optional<Path> file) {
    return new GatewayAddress(base, token, file);
  }

  /** Whether it is spoken to by TLS. */
  boolean isSecure() {
    return SECURE.equals(base.getScheme());
  }

  /** Whether a token would go over a network that others may listen to. */
  public boolean isOpenToOthers() {
    return !isSecure() && !isHere();
  }

  /** Whether it is on this machine. */
  public boolean isHere() {
    try {
      return InetAddress.getByName(base.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * The address of {@code path}.
   *
   * @param path begins with a slash
   */
  URI of(String path) {
    return URI.create(base + path.substring(1));
  }

  /** The address without the token. */
  @Override
  public String toString() {
    return base.toString();
  }
}

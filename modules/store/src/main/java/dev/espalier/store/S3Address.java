package dev.espalier.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where artifacts lie in an object store that speaks S3.
 *
 * @param bucket the bucket
 * @param prefix what all keys begin with: nothing, or something that ends in a slash
 * @param endpoint the server; absent for Amazon's own
 * @param region the region; absent for what the environment says
 * @param pathStyle whether the bucket stands in the path rather than in the server's name
 */
record S3Address(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    Optional<String> region,
    boolean pathStyle) {
  static final String SCHEME = "s3://";
  private static final String FORM =
      "s3://BUCKET[/PREFIX][?endpoint=URL&region=NAME&pathStyle=true]";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Set<String> KEYS = Set.of("endpoint", "region", "pathStyle");

  /**
   * The address that {@code text} says.
   *
   * @throws IllegalArgumentException when it is none, with a message that shows nothing of it that
   *     may be a secret
   */
  static S3Address parse(String text) {
    String[] parts = text.substring(SCHEME.length()).split("\\?", 2);
    String[] path = parts[0].split("/", 2);
    if (path[0].contains("@")) {
      throw wrong("credentials before @, which belong in the environment or in ~/.aws");
    }
    if (!BUCKET.matcher(path[0]).matches()) {
      throw wrong("the bucket \"" + path[0] + "\"");
    }
    Map<String, String> options = parts.length > 1 ? options(parts[1]) : Map.of();
    return new S3Address(
        path[0],
        path.length > 1 ? asPrefix(path[1]) : "",
        Optional.ofNullable(options.get("endpoint")).map(S3Address::endpoint),
        Optional.ofNullable(options.get("region")),
        pathStyle(options.getOrDefault("pathStyle", "false")));
  }

  private static String asPrefix(String path) {
    String trimmed = path.replaceAll("^/+|/+$", "");
    return trimmed.isEmpty() ? "" : trimmed + "/";
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new TreeMap<>();
    for (String option : query.split("&", -1)) {
      String[] pair = option.split("=", 2);
      if (pair.length < 2 || !KEYS.contains(pair[0])) {
        throw wrong("the option \"" + pair[0] + "\"");
      }
      options.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return options;
  }

  private static URI endpoint(String text) {
    try {
      URI endpoint = new URI(text);
      boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
      if (web && endpoint.getHost() != null && endpoint.getUserInfo() == null) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      throw wrong("an endpoint that is no URL");
    }
    throw wrong("an endpoint that is not http://HOST[:PORT] or https://HOST[:PORT]");
  }

  private static boolean pathStyle(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("pathStyle \"" + text + "\"");
    };
  }

  private static IllegalArgumentException wrong(String came) {
    return new IllegalArgumentException("expected " + FORM + ", got " + came);
  }

  /** The key of what is called {@code name} in this store. */
  String key(String name) {
    return prefix + name;
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + prefix + endpoint.map(server -> " at " + server).orElse("");
  }
}

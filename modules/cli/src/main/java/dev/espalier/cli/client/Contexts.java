package dev.espalier.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.wire.InvalidStudyException;
import dev.espalier.wire.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The gateways that a person keeps by name, one of them current.
 *
 * @param all by name
 * @param current which one is spoken to where no other is named
 */
public record Contexts(SortedMap<String, GatewayAddress> all, Optional<String> current) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final String CURRENT = "current";
  private static final String CONTEXTS = "contexts";
  private static final String GATEWAY = "gateway";
  private static final String TOKEN = "token";
  private static final String AUTHORITY = "ca";

  /**
   * Copies the contexts.
   *
   * @throws IllegalArgumentException when a name is wrong, or the current one is not there
   */
  public Contexts {
    for (String name : all.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "expected a context named by 1 to 64 letters, digits, dots or dashes, got " + name);
      }
    }
    SortedMap<String, GatewayAddress> copy = new TreeMap<>(all);
    current.ifPresent(name -> require(copy, name));
    all = copy;
  }

  private static GatewayAddress require(Map<String, GatewayAddress> all, String name) {
    return Optional.ofNullable(all.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected the name of a context, one of %s, got %s"
                        .formatted(all.keySet(), name)));
  }

  /**
   * Where they are kept.
   *
   * @param environment of the process
   */
  public static Path file(Map<String, String> environment) {
    Path folder =
        Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
            .filter(text -> !text.isEmpty())
            .map(Path::of)
            .orElseGet(() -> Path.of(environment.getOrDefault("HOME", "."), ".config"));
    return folder.resolve("espalier").resolve("contexts.yaml");
  }

  /**
   * Those in {@code file}; none where there is no file.
   *
   * @throws IllegalArgumentException when it holds something else
   */
  public static Contexts read(Path file) {
    try {
      JsonNode tree = YamlText.tree(Files.readString(file), file.toString());
      SortedMap<String, GatewayAddress> all = new TreeMap<>();
      for (Map.Entry<String, JsonNode> one : tree.path(CONTEXTS).properties()) {
        all.put(one.getKey(), address(one.getValue()));
      }
      return new Contexts(all, text(tree, CURRENT));
    } catch (NoSuchFileException e) {
      return new Contexts(new TreeMap<>(), Optional.empty());
    } catch (InvalidStudyException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("expected contexts in " + file, e);
    }
  }

  private static GatewayAddress address(JsonNode written) {
    return GatewayAddress.parse(written.path(GATEWAY).asText())
        .withToken(text(written, TOKEN))
        .vouchedForBy(text(written, AUTHORITY).map(Path::of));
  }

  private static Optional<String> text(JsonNode object, String key) {
    return Optional.ofNullable(object.get(key)).map(JsonNode::asText);
  }

  /**
   * The one called {@code name}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public GatewayAddress named(String name) {
    return require(all, name);
  }

  /** These with another, which takes the place of one of the same name; the first is current. */
  public Contexts with(String name, GatewayAddress address) {
    SortedMap<String, GatewayAddress> more = new TreeMap<>(all);
    more.put(name, address);
    return new Contexts(more, current.or(() -> Optional.of(name)));
  }

  /**
   * These with {@code name} as the current one.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public Contexts using(String name) {
    return new Contexts(all, Optional.of(name));
  }

  /**
   * These without {@code name}.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public Contexts without(String name) {
    require(all, name);
    SortedMap<String, GatewayAddress> fewer = new TreeMap<>(all);
    fewer.remove(name);
    return new Contexts(fewer, current.filter(one -> !one.equals(name)));
  }

  /** Writes them to {@code file}, which its owner alone can read. */
  public void write(Path file) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      Path half = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid());
      Files.deleteIfExists(half);
      Files.createFile(half, PosixFilePermissions.asFileAttribute(OWNER));
      Files.writeString(half, yaml());
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("expected to write " + file, e);
    }
  }

  private String yaml() {
    StringBuilder text = new StringBuilder();
    current.ifPresent(name -> line(text, "", CURRENT, name));
    text.append(CONTEXTS).append(all.isEmpty() ? ": {}\n" : ":\n");
    all.forEach(
        (name, address) -> {
          text.append("  ").append(quoted(name)).append(":\n");
          line(text, "    ", GATEWAY, address.base().toString());
          address.token().ifPresent(token -> line(text, "    ", TOKEN, token));
          address.authority().ifPresent(pem -> line(text, "    ", AUTHORITY, pem.toString()));
        });
    return text.toString();
  }

  private static void line(StringBuilder text, String indent, String key, String value) {
    text.append(indent).append(key).append(": ").append(quoted(value)).append('\n');
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

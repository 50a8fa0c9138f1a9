package dev.espalier.cli.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long ago something was, as people write it: {@code 90m}, {@code 36h}, {@code 7d}. */
final class Age implements ITypeConverter<Duration> {
  private static final Duration LEAST = Duration.ofHours(1);
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})([mhd])");

  @Override
  public Duration convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw wrong(text);
    }
    long count = Long.parseLong(form.group(1));
    Duration age =
        switch (form.group(2)) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (age.compareTo(LEAST) < 0) {
      throw wrong(text);
    }
    return age;
  }

  private static TypeConversionException wrong(String came) {
    return new TypeConversionException(
        "expected minutes, hours or days, at least 1h, such as 36h or 7d, got " + came);
  }
}

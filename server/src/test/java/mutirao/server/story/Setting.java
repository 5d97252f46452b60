package mutirao.server.story;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.core.Settings;
import mutirao.server.ServerConfig;
import mutirao.server.access.AccessChoice;

/**
 * The server a story plays on.
 *
 * @param config what differs from the default
 * @param overTcp whether it can be played over a socket
 * @param archive whether the server keeps an archive; over TCP that would also take a log on disk
 */
public record Setting(ServerConfig config, boolean overTcp, boolean archive) {
  static final Setting USUAL =
      new Setting(ServerConfig.DEFAULT.withAddress("127.0.0.1", 0), true, false);

  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

  Setting inProcessOnly() {
    return new Setting(config, false, archive);
  }

  /** The same with one choice more, such as {@code max_tasks 2}. */
  Setting with(String choice) {
    String[] words = choice.split(" ", 2);
    if (words.length != 2) {
      throw new IllegalArgumentException("a choice is a name and a value: " + choice);
    }
    return words[0].equals("archive")
        ? new Setting(config, false, words[1].equals("yes"))
        : new Setting(config(words[0], words[1]), overTcp, archive);
  }

  private ServerConfig config(String name, String value) {
    Settings machine = config.settings();
    return switch (name) {
      case "max_tasks" ->
          config.withSettings(
              new Settings(
                  machine.resumeWindowMs(), Integer.parseInt(value), machine.maxPayloadBytes()));
      case "max_payload" ->
          config.withSettings(
              new Settings(machine.resumeWindowMs(), machine.maxTasks(), Long.parseLong(value)));
      case "resume_window" ->
          config.withSettings(
              new Settings(durationMs(value), machine.maxTasks(), machine.maxPayloadBytes()));
      case "max_frame" ->
          config.withBounds(
              Integer.parseInt(value), config.maxUnsentBytes(), config.maxConnections());
      case "max_unsent" ->
          config.withBounds(
              config.maxFrameBytes(), Integer.parseInt(value), config.maxConnections());
      case "max_connections" ->
          config.withBounds(
              config.maxFrameBytes(), config.maxUnsentBytes(), Integer.parseInt(value));
      case "access" ->
          config.withAccess(
              switch (value) {
                case "login" -> AccessChoice.LOGIN;
                case "anybody" -> AccessChoice.ANYBODY;
                default -> throw new IllegalArgumentException("access is login or anybody");
              });
      case "heartbeat" -> config.withTimes(durationMs(value), config.registrationTimeoutMs());
      case "registration_timeout" -> config.withTimes(config.heartbeatMs(), durationMs(value));
      default -> throw new IllegalArgumentException("a server has no choice called " + name);
    };
  }

  /** A duration as stories write it: {@code 500ms}, {@code 61s}, {@code 10m}, {@code 1h}. */
  static long durationMs(String text) {
    Matcher words = DURATION.matcher(text);
    if (!words.matches()) {
      throw new IllegalArgumentException("no duration: " + text);
    }
    long number = Long.parseLong(words.group(1));
    return switch (words.group(2)) {
      case "ms" -> number;
      case "s" -> number * 1000;
      case "m" -> number * 60_000;
      default -> number * 3_600_000;
    };
  }
}

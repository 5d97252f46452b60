package mutirao.web.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page's files, out of the jar. Thread-safe. */
public final class PageFiles {
  private static final String FOLDER = "/mutirao/web/page";
  private static final String INDEX = "/index.html";
  private static final String LIBRARIES = "/lib/";

  /** Where each library's files lie on the class path. */
  private static final Map<String, String> LIBRARY_FOLDERS =
      Map.of("uplot", "/META-INF/resources/webjars/uplot/1.6.30/dist");

  /** No dot at the beginning of a part, and so no way up. */
  private static final Pattern ALLOWED = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  /** Places of the page that end with somebody's name, in which there may be dots. */
  private static final Pattern NAMED_PLACE =
      Pattern.compile("/chat/(room|direct)/[^/]+|/tasks/[^/]+");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "txt", "text/plain; charset=utf-8");

  /** Where operations run in browsers that joined: they compute, and reach nothing. */
  private static final String SANDBOX = "/join/compute/";

  private static final String SANDBOX_POLICY =
      "default-src 'none'; script-src 'self'; connect-src 'none'";

  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;
  private static final int TAG_BYTES = 12;

  private record File(byte[] bytes, String type, String tag) {}

  private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();

  /**
   * Answers with a file; a path without a dot is one of the page's own places, which it finds by
   * itself.
   */
  public void answer(Context context) {
    String path = context.path();
    boolean place =
        path.lastIndexOf('.') <= path.lastIndexOf('/')
            || (NAMED_PLACE.matcher(path).matches() && read(path).isEmpty());
    answer(context, place ? INDEX : path);
  }

  private void answer(Context context, String wanted) {
    // Names are asked for by strangers: what does not exist is not remembered.
    Optional<File> file = files.containsKey(wanted) ? files.get(wanted) : read(wanted);
    if (file.isEmpty()) {
      context.status(NOT_FOUND).result("");
      return;
    }
    files.put(wanted, file);
    File found = file.get();
    context.header("Cache-Control", "no-cache").header("ETag", found.tag());
    if (wanted.startsWith(SANDBOX)) {
      context.header("Content-Security-Policy", SANDBOX_POLICY);
    }
    if (isKnown(found.tag(), context.header("If-None-Match"))) {
      context.status(NOT_MODIFIED);
      return;
    }
    context.result(found.bytes());
    context.contentType(found.type());
  }

  /** Whether a browser's copy is this; whether by way of a proxy that packed it does not matter. */
  private static boolean isKnown(String tag, @Nullable String known) {
    if (known == null) {
      return false;
    }
    for (String one : known.split(",", -1)) {
      String bare = one.strip();
      if (tag.equals(bare.startsWith("W/") ? bare.substring(2) : bare)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<File> read(String path) {
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null || !ALLOWED.matcher(path).matches()) {
      return Optional.empty();
    }
    String resource = FOLDER + path;
    if (path.startsWith(LIBRARIES)) {
      int end = path.indexOf('/', LIBRARIES.length());
      String folder = end < 0 ? null : LIBRARY_FOLDERS.get(path.substring(LIBRARIES.length(), end));
      if (folder == null) {
        return Optional.empty();
      }
      resource = folder + path.substring(end);
    }
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      return Optional.of(new File(bytes, type, tag(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}

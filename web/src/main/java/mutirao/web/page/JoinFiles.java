package mutirao.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mutirao.web.WebConfig;
import mutirao.web.http.JsonObject;
import mutirao.web.http.Requests;
import org.jspecify.annotations.Nullable;

/** What a browser that became a worker can run besides the built-in operations. */
public final class JoinFiles {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int MAX_BYTES = 1 << 20;
  private static final String ENDING = ".js";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /** A module may compute, and reach nothing. */
  private static final String POLICY = "default-src 'none'; connect-src 'none'; sandbox";

  private final WebConfig.Join join;

  /** Files for those who join. */
  public JoinFiles(WebConfig.Join join) {
    this.join = join;
  }

  /** Which there are. */
  public void list(Context context) throws IOException {
    Requests.answer(context, OK, new JsonObject().put("operations", operations()));
  }

  private List<String> operations() throws IOException {
    Path folder = folder();
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .toList();
    }
  }

  private @Nullable Path folder() {
    return join.open() ? join.operations() : null;
  }

  /** One of them. */
  public void module(Context context) throws IOException {
    String file = context.pathParam("file");
    String name = file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : "";
    Path folder = folder();
    Path path = folder == null ? null : folder.resolve(name + ENDING);
    boolean there =
        path != null
            && NAME.matcher(name).matches()
            && Files.isRegularFile(path)
            && Files.size(path) <= MAX_BYTES;
    if (!there) {
      context.status(NOT_FOUND).result("");
      return;
    }
    context.result(Files.readString(path, UTF_8));
    context.header("Content-Security-Policy", POLICY);
    context.contentType("text/javascript; charset=utf-8");
  }
}

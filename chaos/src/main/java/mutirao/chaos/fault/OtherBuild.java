package mutirao.chaos.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.tools.ToolProvider;

/** This program once more, built from sources of which one is changed. */
public final class OtherBuild {
  private OtherBuild() {}

  /**
   * Compiles a source, changed.
   *
   * @param source as it is
   * @param change to be made to its text; it must change something
   * @param into an empty folder, which goes before all others on the class path
   */
  public static void make(Path source, UnaryOperator<String> change, Path into) throws IOException {
    String before = Files.readString(source);
    String after = change.apply(before);
    if (after.equals(before)) {
      throw new IOException(source + " has nothing that could be changed so");
    }
    Path changed = Files.createDirectories(into).resolve(source.getFileName());
    Files.writeString(changed, after);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "no JDK")
            .run(
                null,
                said,
                said,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                into.toString(),
                changed.toString());
    if (code != 0) {
      throw new IOException(changed + " cannot be compiled: " + said);
    }
  }
}

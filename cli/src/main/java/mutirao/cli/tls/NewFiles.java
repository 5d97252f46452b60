package mutirao.cli.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.Base64;

/** A certificate and its key as PEM files. What is there is never overwritten. */
final class NewFiles {
  private static final int LINE_CHARS = 64;

  private NewFiles() {}

  /** Writes both; the key for nobody but its owner to read. */
  static void write(
      Path folder, String certificateName, byte[] certificate, String keyName, PrivateKey key)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only(folder, "rwx------"));
    }
    Path certificateFile = folder.resolve(certificateName);
    Path keyFile = folder.resolve(keyName);
    try {
      if (Files.exists(certificateFile)) {
        throw new FileAlreadyExistsException(certificateFile.toString());
      }
      create(keyFile, "rw-------", pem("PRIVATE KEY", key.getEncoded()));
      create(certificateFile, "rw-r--r--", pem("CERTIFICATE", certificate));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getFile() + " is there already and stays as it is", e);
    }
  }

  private static void create(Path file, String mode, String text) throws IOException {
    // Made with its mode, not changed afterwards: nobody may open it in between.
    Files.createFile(file, only(file, mode));
    Files.writeString(file, text, US_ASCII);
  }

  private static FileAttribute<?>[] only(Path file, String mode) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static String pem(String label, byte[] encoded) {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'});
    return "-----BEGIN "
        + label
        + "-----\n"
        + lines.encodeToString(encoded)
        + "\n-----END "
        + label
        + "-----\n";
  }
}

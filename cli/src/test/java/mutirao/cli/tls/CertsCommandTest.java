package mutirao.cli.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import mutirao.tls.Managers;
import mutirao.tls.Names;
import mutirao.tls.PemFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertsCommandTest {
  @TempDir private Path temporary;

  private Path lab() {
    return temporary.resolve("lab");
  }

  private static CliRun certs(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "certs";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CliRun.at("nowhere").run("", all);
  }

  private String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void anAuthoritySignsServersAndClientsAndKeysAreForTheirOwnerAlone() throws Exception {
    String folder = lab().toString();
    CliRun made = certs("ca", folder);
    assertEquals(Exit.DONE, made.exit());
    assertTrue(made.out().startsWith(folder + "/ca.pem is for everybody"), made.out());
    assertEquals(Exit.DONE, certs("server", folder, "n1", "--host", "n1.test,10.0.0.1").exit());
    assertEquals(Exit.DONE, certs("client", folder, "joão").exit());
    assertEquals("rwx------", mode(lab()));
    for (String key : List.of("ca-key.pem", "n1-key.pem", "joão-key.pem")) {
      assertEquals("rw-------", mode(lab().resolve(key)), key);
    }
    X509Certificate authority = PemFiles.certificates(lab().resolve("ca.pem")).getFirst();
    X509Certificate server = PemFiles.certificates(lab().resolve("n1.pem")).getFirst();
    X509Certificate client = PemFiles.certificates(lab().resolve("joão.pem")).getFirst();
    server.verify(authority.getPublicKey());
    client.verify(authority.getPublicKey());
    assertEquals(
        List.of(List.of(2, "n1.test"), List.of(7, "10.0.0.1")),
        List.copyOf(server.getSubjectAlternativeNames()));
    assertEquals("joão", Names.commonName(client));
    // The two belong together, or this throws.
    Managers.keys(lab().resolve("n1.pem"), lab().resolve("n1-key.pem"));
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    String folder = lab().toString();
    certs("ca", folder);
    certs("client", folder, "ana");
    byte[] authority = Files.readAllBytes(lab().resolve("ca-key.pem"));
    byte[] ana = Files.readAllBytes(lab().resolve("ana-key.pem"));
    for (CliRun again :
        List.of(
            certs("ca", folder), certs("client", folder, "ana"), certs("client", folder, "ca"))) {
      assertEquals(Exit.FAILED, again.exit());
      assertTrue(again.err().contains("is there already"), again.err());
    }
    assertArrayEquals(authority, Files.readAllBytes(lab().resolve("ca-key.pem")));
    assertArrayEquals(ana, Files.readAllBytes(lab().resolve("ana-key.pem")));
  }

  @Test
  void withoutAnAuthorityItSaysHowToMakeOne() throws Exception {
    CliRun run = certs("server", lab().toString(), "n1");
    assertEquals(Exit.FAILED, run.exit());
    assertTrue(run.err().contains("mutirao certs ca"), run.err());
    assertFalse(Files.exists(lab()));
  }

  @Test
  void namesThatAreNoNamesAreWrongUsage() throws Exception {
    String folder = lab().toString();
    certs("ca", folder);
    for (String name : List.of("../x", "a/b", "", ".hidden", "-x y")) {
      assertEquals(Exit.USAGE, certs("client", folder, "--", name).exit(), name);
    }
    assertEquals(Exit.USAGE, certs("server", folder, "n1", "--host", "two words").exit());
    assertEquals(Exit.USAGE, certs("client", folder, "ana", "--host", "localhost").exit());
    assertEquals(Exit.USAGE, certs("ca", folder, "ana").exit());
    assertEquals(Exit.USAGE, certs("everything", folder).exit());
  }
}

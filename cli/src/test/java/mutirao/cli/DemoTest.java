package mutirao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mutirao.cli.fixture.CliRun;
import mutirao.cli.terminal.Exit;
import org.junit.jupiter.api.Test;

class DemoTest {

  @Test
  void showsTheWholeSystemAndChecksIt() throws Exception {
    CliRun demo = CliRun.at("nowhere").run("", "demo", "--exit", "--port", "0", "--load", "2000");
    String out = demo.out();
    assertEquals("", demo.err());
    assertEquals(Exit.DONE, demo.exit());
    assertTrue(out.contains("> /calculate Worker-1 sum 10 20 30 40"), out);
    assertTrue(out.contains("done by Worker-1: 100"), out);
    assertTrue(out.contains("ana → you: ") || out.contains("bruno → you: "), out);
    assertTrue(out.contains("✓ attempt 2 ran on Worker-2"), out);
    assertTrue(out.contains("✓ 2,000 right answers"), out);
    assertTrue(out.endsWith("That is all; everything worked.\n"), out);
  }

  @Test
  void staysUntilItIsToldToStop() throws Exception {
    CliRun demo =
        CliRun.at("nowhere").start("demo", "--port", "0", "--load", "100", "--lang", "pt-BR");
    demo.awaitOut("O servidor fica até Ctrl-C.");
    String[] words = demo.out().split("./mutirao chat --server ", 2);
    String server = words[1].lines().findFirst().orElseThrow();
    CliRun submitted = CliRun.at(server).run("", "submit", "sum", "20", "22");
    assertEquals("42\n", submitted.out());
    demo.signal();
    assertEquals(Exit.DONE, demo.exit());
  }

  @Test
  void wrongUsageIsExplained() throws Exception {
    CliRun demo = CliRun.at("nowhere").run("", "demo", "--load", "0");
    assertTrue(demo.err().contains("--load must be from 1 to 1,000,000."), demo.err());
    assertEquals(Exit.USAGE, demo.exit());
  }
}
